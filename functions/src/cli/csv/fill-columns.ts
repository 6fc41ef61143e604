import type { FillRecord } from '../../schema/records/fill.ts';
import { csvTime } from './csv-row.ts';
import type { CsvColumn } from './csv-row.ts';

/** A row is one trade at the venue. */
export const FILL_COLUMNS: readonly CsvColumn<FillRecord>[] = [
  { name: 'filled_at', meaning: 'When, by the venue', of: ({ filledAt }) => csvTime(filledAt) },
  { name: 'symbol', meaning: 'The contract', of: ({ symbol }) => symbol },
  { name: 'trade_id', meaning: "The venue's id of the trade; unique within the symbol", of: ({ tradeId }) => tradeId },
  { name: 'side', meaning: '`buy` or `sell`', of: ({ side }) => side },
  { name: 'position_side', meaning: '`long` or `short`', of: ({ positionSide }) => positionSide },
  { name: 'qty', meaning: 'Base asset', of: ({ qty }) => qty },
  { name: 'price', meaning: 'Quote asset for one of the base asset', of: ({ price }) => price },
  { name: 'liquidity', meaning: '`maker` or `taker`', of: ({ isMaker }) => (isMaker ? 'maker' : 'taker') },
  { name: 'fee_amount', meaning: 'Fee in its own asset; paid is positive', of: ({ feeAmount }) => feeAmount },
  { name: 'fee_asset', meaning: 'The asset of the fee', of: ({ feeAsset }) => feeAsset },
  { name: 'fee_rate_usd', meaning: 'US dollars for one of the fee asset, as recorded then', of: ({ feeRateUsd }) => feeRateUsd },
  { name: 'fee_usd', meaning: 'Fee in US dollars at that rate', of: ({ feeUsd }) => feeUsd },
  { name: 'realized_pnl_usd', meaning: 'First in, first out, before fees', of: ({ realizedPnlUsd }) => realizedPnlUsd },
  { name: 'venue_realized_pnl_usd', meaning: "The venue's own figure, by average entry, before fees", of: ({ venueRealizedPnlUsd }) => venueRealizedPnlUsd },
  { name: 'venue_order_id', meaning: "The venue's id of the order", of: ({ venueOrderId }) => venueOrderId },
  { name: 'client_order_id', meaning: 'Our id of the order; empty for what others ordered', of: ({ clientOrderId }) => clientOrderId },
  { name: 'intent_id', meaning: 'The intent behind it, as in `attribution`; empty for what others ordered', of: ({ intentId }) => intentId },
];
