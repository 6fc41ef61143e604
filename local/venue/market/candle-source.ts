import type { FundingEvent } from '../../../functions/src/domain/matching/market-event.ts';
import type { VenueInstrument } from '../../../functions/src/domain/matching/venue-instrument.ts';
import type { MarketUnits, UnitCandle } from './unit-candle.ts';

/** What a feed of minutes needs to know of one symbol. Both functions are pure: the same answer at every call. */
export interface CandleSource {
  readonly instrument: VenueInstrument;
  readonly units: MarketUnits;
  /** Colours the path within a minute; see minute-path.ts. */
  readonly pathSeed: number;
  /** Opening times of the first and last candle; infinite where candles are generated on demand. */
  readonly firstOpenTime: number;
  readonly lastOpenTime: number;
  /** The candle opening at this whole minute; undefined outside first to last. */
  candle(openTime: number): UnitCandle | undefined;
  /** Settlements with fromTime <= time <= toTime, oldest first. */
  funding(fromTime: number, toTime: number): readonly FundingEvent[];
}
