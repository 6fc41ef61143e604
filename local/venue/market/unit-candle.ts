// A candle in whole units of its market (see unit-text.ts), the form in which feeds keep and make candles.

export interface MarketUnits {
  /** A price unit is 10^-priceDecimals of the quote asset, a quantity unit 10^-qtyDecimals of the base asset. */
  readonly priceDecimals: number;
  readonly qtyDecimals: number;
  /** Price units per tick, and between the best bid and the best ask (a whole number of ticks). */
  readonly tick: number;
  readonly spread: number;
  /** Least quantity units displayed at the best bid and ask. */
  readonly leastDisplayed: number;
}

export interface UnitCandle {
  readonly openTime: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

export const MINUTE_MS = 60_000;

export function minuteOf(time: number): number {
  return Math.floor(time / MINUTE_MS) * MINUTE_MS;
}
