import type { TradeRecord } from '../../schema/records/trade.ts';
import { csvTime } from './csv-row.ts';
import type { CsvColumn } from './csv-row.ts';

/** A row is one round trip of a position side, from flat to flat. */
export const TRADE_COLUMNS: readonly CsvColumn<TradeRecord>[] = [
  { name: 'closed_at', meaning: 'When its last fill was made', of: ({ closedAt }) => csvTime(closedAt) },
  { name: 'opened_at', meaning: 'When its first fill was made', of: ({ openedAt }) => csvTime(openedAt) },
  { name: 'symbol', meaning: 'The contract', of: ({ symbol }) => symbol },
  { name: 'position_side', meaning: '`long` or `short`', of: ({ positionSide }) => positionSide },
  { name: 'strategy', meaning: 'Whose entry opened it; empty for what others opened', of: ({ strategy }) => strategy },
  { name: 'closed_by', meaning: '`intent`, `stop`, `liquidation` or `other`', of: ({ closedBy }) => closedBy },
  { name: 'qty', meaning: 'Base asset', of: ({ qty }) => qty },
  { name: 'entry_notional_usd', meaning: 'Sum of quantity times price over the opening fills', of: ({ entryNotionalUsd }) => entryNotionalUsd },
  { name: 'average_entry_price', meaning: 'By quantity', of: ({ averageEntryPrice }) => averageEntryPrice },
  { name: 'average_exit_price', meaning: 'By quantity', of: ({ averageExitPrice }) => averageExitPrice },
  { name: 'realized_pnl_usd', meaning: 'First in, first out, before fees and funding', of: ({ realizedPnlUsd }) => realizedPnlUsd },
  { name: 'fees_usd', meaning: 'Paid is positive', of: ({ feesUsd }) => feesUsd },
  { name: 'funding_usd', meaning: 'Received is positive', of: ({ fundingUsd }) => fundingUsd },
  { name: 'net_pnl_usd', meaning: '`realized_pnl_usd` - `fees_usd` + `funding_usd`', of: ({ netPnlUsd }) => netPnlUsd },
  { name: 'opening_fill', meaning: 'Id of the fill that opened it', of: ({ openedBy }) => openedBy },
  { name: 'intent_ids', meaning: 'The intents whose fills it holds, a blank between two', of: ({ intentIds }) => intentIds.join(' ') },
];
