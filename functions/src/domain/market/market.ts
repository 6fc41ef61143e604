import type { Decimal } from '../money/decimal.ts';
import type { Price, Qty } from '../money/units.ts';
import type { EpochMs, Timeframe } from '../../schema/scalars.ts';

/** Best bid and ask with the size displayed there. */
export interface Quote {
  readonly symbol: string;
  readonly bid: Price;
  readonly bidQty: Qty;
  readonly ask: Price;
  readonly askQty: Qty;
  readonly at: EpochMs;
}

/** The venue's mark price and funding of one perpetual. */
export interface Mark {
  readonly symbol: string;
  readonly markPrice: Price;
  readonly indexPrice: Price;
  /** Rate of the next funding as a fraction of notional: 0.0001 is one basis point, positive paid by longs. */
  readonly fundingRate: Decimal;
  readonly nextFundingAt: EpochMs;
  readonly at: EpochMs;
}

/** Statistics input, so plain numbers. `closeAt` is the first millisecond after the candle. */
export interface Candle {
  readonly openAt: EpochMs;
  readonly closeAt: EpochMs;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

export interface CandleSeries {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Closed candles only, oldest first. */
  readonly candles: readonly Candle[];
}
