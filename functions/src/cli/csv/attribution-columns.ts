import type { AttributionRecord } from '../../schema/records/attribution.ts';
import { csvTime } from './csv-row.ts';
import type { CsvColumn } from './csv-row.ts';

/** A row is one intent, from signal to result. */
export const ATTRIBUTION_COLUMNS: readonly CsvColumn<AttributionRecord>[] = [
  { name: 'terminal_at', meaning: 'When it ended', of: ({ terminalAt }) => csvTime(terminalAt) },
  { name: 'created_at', meaning: 'When it was made', of: ({ createdAt }) => csvTime(createdAt) },
  { name: 'intent_id', meaning: 'Its id', of: ({ intentId }) => intentId },
  { name: 'symbol', meaning: 'The contract', of: ({ symbol }) => symbol },
  { name: 'purpose', meaning: '`open`, `increase`, `reduce` or `close`', of: ({ purpose }) => purpose },
  { name: 'side', meaning: '`buy` or `sell`', of: ({ side }) => side },
  { name: 'position_side', meaning: '`long` or `short`', of: ({ positionSide }) => positionSide },
  { name: 'strategy', meaning: 'Whose it was; empty where no signal is behind it', of: ({ strategy }) => strategy },
  { name: 'outcome', meaning: '`settled`, `vetoed`, `expired` or `failed`', of: ({ outcome }) => outcome },
  { name: 'outcome_reason', meaning: 'In a word or a sentence', of: ({ outcomeReason }) => outcomeReason },
  { name: 'vetoes', meaning: 'Codes of the vetoes, a blank between two; docs/vetoes.md says what they mean', of: ({ vetoes }) => vetoes.map(({ code }) => code).join(' ') },
  { name: 'suggested_usd', meaning: 'Size before any clamp; empty where nothing was sized', of: ({ sizing }) => sizing?.suggestedUsd ?? null },
  { name: 'final_usd', meaning: 'Size after all clamps; empty where nothing was sized', of: ({ sizing }) => sizing?.finalUsd ?? null },
  { name: 'approved_qty', meaning: 'Base asset', of: ({ approvedQty }) => approvedQty },
  { name: 'executed_qty', meaning: 'Base asset', of: ({ executedQty }) => executedQty },
  { name: 'maker_qty', meaning: 'The part that was filled as maker', of: ({ makerQty }) => makerQty },
  { name: 'taker_qty', meaning: 'The part that was filled as taker', of: ({ takerQty }) => takerQty },
  { name: 'average_price', meaning: 'Of the fills; empty without one', of: ({ averagePrice }) => averagePrice },
  { name: 'fees_usd', meaning: 'Paid is positive', of: ({ feesUsd }) => feesUsd },
  { name: 'realized_pnl_usd', meaning: 'First in, first out, before fees', of: ({ realizedPnlUsd }) => realizedPnlUsd },
  { name: 'slippage_bps', meaning: 'Against the mid when the first order was armed; positive is adverse, empty when it is not known', of: ({ slippageBps }) => (slippageBps === null ? null : String(slippageBps)) },
  { name: 'attempts', meaning: 'How many orders were armed for it', of: ({ attempts }) => String(attempts.length) },
];
