import type { VenueInstrument } from '../../../functions/src/domain/matching/venue-instrument.ts';
import { BUILT_IN_INSTRUMENTS } from './built-in-instruments.ts';
import { genericInstrument } from './generic-instrument.ts';
import { RandomStream, seedOf } from './random-stream.ts';

/** What may be said about a generated market; everything but the symbol has a default. */
export interface GeneratedSymbol {
  /** For example BTCUSDT; quoted in USDT or USDC. */
  readonly symbol: string;
  /** Quote asset per base asset: the price the walk keeps coming back to. */
  readonly centrePrice?: number;
  /** Standard deviation of a day's return in percent. */
  readonly dailyVolatilityPct?: number;
  /** Distance of best bid and best ask, rounded up to whole ticks. */
  readonly spreadBps?: number;
  /** Mean turnover in quote asset. */
  readonly turnoverPerMinute?: number;
}

export interface GeneratedMarket {
  readonly instrument: VenueInstrument;
  readonly centrePrice: number;
  readonly dailySigma: number;
  readonly spreadTicks: number;
  readonly turnoverPerMinute: number;
}

const MAJOR_PRICES: ReadonlyMap<string, number> = new Map([
  ['BTCUSDT', 100_000],
  ['ETHUSDT', 2_500],
  ['SOLUSDT', 160],
]);

/** Fills in what was not said. Throws RangeError for a figure that is not a finite number in its range. */
export function generatedMarket(wanted: GeneratedSymbol): GeneratedMarket {
  const { symbol } = wanted;
  const centrePrice = within(symbol, 'centrePrice', wanted.centrePrice ?? usualPrice(symbol), 1e-4, 500_000);
  const major = MAJOR_PRICES.has(symbol);
  const volatility = within(symbol, 'dailyVolatilityPct', wanted.dailyVolatilityPct ?? (major ? 2.5 : 4), 0.01, 15);
  const spreadBps = within(symbol, 'spreadBps', wanted.spreadBps ?? (major ? 0 : 1), 0, 100);
  const turnover = wanted.turnoverPerMinute ?? (major ? 5_000_000 : 200_000);
  const instrument = BUILT_IN_INSTRUMENTS.get(symbol) ?? usualInstrument(symbol, centrePrice);
  return {
    instrument,
    centrePrice,
    dailySigma: volatility / 100,
    spreadTicks: Math.max(1, Math.ceil((centrePrice * spreadBps) / 10_000 / Number(instrument.tickSize))),
    turnoverPerMinute: within(symbol, 'turnoverPerMinute', turnover, 1_000, 1e9),
  };
}

/** Five significant digits of price and steps worth about a dollar, as on real contracts. */
function usualInstrument(symbol: string, centrePrice: number): VenueInstrument {
  const magnitude = Math.floor(Math.log10(centrePrice));
  return genericInstrument({
    symbol,
    priceDecimals: Math.max(0, 4 - magnitude),
    qtyDecimals: Math.max(0, magnitude),
    fundingIntervalHours: 8,
  });
}

/** Between 0.05 and 500, spread evenly over the magnitudes, the same for every seed. */
function usualPrice(symbol: string): number {
  return MAJOR_PRICES.get(symbol) ?? 0.05 * 10 ** (4 * new RandomStream(seedOf(symbol), 0).unit());
}

function within(symbol: string, name: string, value: number, least: number, most: number): number {
  if (value >= least && value <= most) return value;
  throw new RangeError(
    `generated market ${symbol}: ${name} is ${value}, allowed is ${least} to ${most}. Change it or leave it out.`,
  );
}
