/**
 * One UTC day of a generated price, as logarithms around the centre price. Any day can be worked out alone:
 *
 * 1. Each midnight stands at an autoregressive level: the sum of the daily shocks before it, forgotten by a fixed factor
 *    a day. This is the mean reversion; shocks older than MEMORY_DAYS no longer count.
 * 2. Between two midnights runs a Gaussian walk in minutes, bent (as a Brownian bridge in the walk's own variance) to end
 *    at the second midnight.
 * 3. The walk is calm, normal or wild; each hour it may change, so volatility comes in stretches of hours.
 */
import { RandomStream } from './random-stream.ts';

export const DAY_MS = 86_400_000;
const MINUTES = 1_440;
const HOURS = 24;
const MEMORY_DAYS = 256;
const DAILY_MEMORY = 0.97;
const HOURLY_CHANGE = 0.15;
/** Volatility of the regimes against the daily figure; calm is as likely as both others together, the mean square is 1. */
const REGIMES: readonly number[] = [0.5, 0.5, 1, 1.6];

export interface GeneratedDay {
  /** Log of price over centre price at each minute; the last entry is the next midnight. */
  readonly level: Float64Array;
  /** Standard deviation of a minute's log return, by hour. */
  readonly minuteSigma: Float64Array;
}

/** `day` counts from 1970-01-01 UTC; `dailySigma` is the standard deviation of a day's log return, 0.03 for 3 %. */
export function generatedDay(seed: number, day: number, dailySigma: number): GeneratedDay {
  // Even indices are the walks of days, odd ones the shocks at midnights.
  const random = new RandomStream(seed, 2 * day);
  const minuteSigma = regimeByHour(random).map((regime) => (regime * dailySigma) / Math.sqrt(MINUTES));
  const walk = new Float64Array(MINUTES + 1);
  const variance = new Float64Array(MINUTES + 1);
  for (let minute = 0; minute < MINUTES; minute += 1) {
    const sigma = at(minuteSigma, Math.floor(minute / 60));
    walk[minute + 1] = at(walk, minute) + sigma * random.gaussian();
    variance[minute + 1] = at(variance, minute) + sigma * sigma;
  }
  const from = midnightLevel(seed, day, dailySigma);
  const bend = midnightLevel(seed, day + 1, dailySigma) - from - at(walk, MINUTES);
  const level = walk.map((step, minute) => from + step + bend * (at(variance, minute) / at(variance, MINUTES)));
  return { level, minuteSigma };
}

function midnightLevel(seed: number, day: number, dailySigma: number): number {
  let level = 0;
  for (let age = MEMORY_DAYS - 1; age >= 0; age -= 1) {
    level = level * DAILY_MEMORY + dailySigma * new RandomStream(seed, 2 * (day - age) + 1).gaussian();
  }
  return level;
}

function regimeByHour(random: RandomStream): Float64Array {
  let regime = pick(random);
  return new Float64Array(HOURS).map(() => {
    if (random.unit() < HOURLY_CHANGE) regime = pick(random);
    return regime;
  });
}

function pick(random: RandomStream): number {
  return REGIMES[Math.floor(random.unit() * REGIMES.length)] ?? 1;
}

function at(values: Float64Array, index: number): number {
  const value = values[index];
  if (value === undefined) throw new RangeError(`index ${index} of ${values.length}`);
  return value;
}
