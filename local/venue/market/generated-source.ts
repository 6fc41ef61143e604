import type { FundingEvent } from '../../../functions/src/domain/matching/market-event.ts';
import type { CandleSource } from './candle-source.ts';
import { DAY_MS, generatedDay } from './generated-day.ts';
import type { GeneratedDay } from './generated-day.ts';
import { generatedMarket } from './generated-symbol.ts';
import type { GeneratedMarket, GeneratedSymbol } from './generated-symbol.ts';
import { instrumentUnits } from './instrument-units.ts';
import { RandomStream, seedOf } from './random-stream.ts';
import { MINUTE_MS } from './unit-candle.ts';
import type { MarketUnits, UnitCandle } from './unit-candle.ts';
import { unitText } from './unit-text.ts';

/** Days kept per symbol: today, tomorrow's first open, and a screener's look back. Another one costs a fraction of a millisecond. */
const DAYS_KEPT = 4;
const HOUR_MS = 3_600_000;
const FUNDING_DECIMALS = 8;

/** Endless candles and funding of one symbol: a pure function of (seed, symbol, minute). */
export class GeneratedSource implements CandleSource {
  readonly instrument;
  readonly units: MarketUnits;
  readonly pathSeed: number;
  readonly firstOpenTime: number;
  readonly lastOpenTime = Infinity;
  readonly #market: GeneratedMarket;
  readonly #walkSeed: number;
  readonly #candleSeed: number;
  readonly #fundingSeed: number;
  readonly #days = new Map<number, GeneratedDay>();

  /** Candles and funding begin at `firstOpenTime`, a whole minute, so that "all of the history" is an answer of some size. */
  constructor(seed: string, wanted: GeneratedSymbol, firstOpenTime: number) {
    this.firstOpenTime = firstOpenTime;
    this.#market = generatedMarket(wanted);
    this.instrument = this.#market.instrument;
    this.units = instrumentUnits(this.instrument, this.#market.spreadTicks, this.#market.centrePrice);
    const seedFor = (purpose: string): number => seedOf(`${seed}/${wanted.symbol}/${purpose}`);
    this.pathSeed = seedFor('path');
    this.#walkSeed = seedFor('walk');
    this.#candleSeed = seedFor('candle');
    this.#fundingSeed = seedFor('funding');
  }

  candle(openTime: number): UnitCandle | undefined {
    if (openTime < this.firstOpenTime) return undefined;
    const day = this.#day(Math.floor(openTime / DAY_MS));
    const minute = Math.floor((openTime % DAY_MS) / MINUTE_MS);
    const sigma = day.minuteSigma[Math.floor(minute / 60)] ?? this.#market.dailySigma;
    const random = new RandomStream(this.#candleSeed, openTime / MINUTE_MS);
    const open = this.#priceUnits(day.level[minute] ?? 0);
    const close = this.#priceUnits(day.level[minute + 1] ?? 0);
    // Half of a minute's deviation beyond the body on each side is about what recorded candles show.
    const wick = (): number => Math.floor((open * sigma * Math.abs(random.gaussian())) / 2 / this.units.tick) * this.units.tick;
    return {
      openTime,
      open,
      high: Math.max(open, close) + wick(),
      low: Math.max(this.units.tick, Math.min(open, close) - wick()),
      close,
      volume: this.#volumeUnits(open, sigma / this.#market.dailySigma, random),
    };
  }

  funding(fromTime: number, toTime: number): readonly FundingEvent[] {
    const interval = this.instrument.fundingIntervalHours * HOUR_MS;
    const events: FundingEvent[] = [];
    for (let time = Math.ceil(Math.max(fromTime, this.firstOpenTime) / interval) * interval; time <= toTime; time += interval) {
      const rate = fundingRate(new RandomStream(this.#fundingSeed, time / HOUR_MS));
      events.push({ kind: 'funding', symbol: this.instrument.symbol, time, rate, nextFundingTime: time + interval });
    }
    return events;
  }

  #priceUnits(level: number): number {
    const ticks = (this.#market.centrePrice * Math.exp(level) * 10 ** this.units.priceDecimals) / this.units.tick;
    return Math.max(2, Math.round(ticks)) * this.units.tick;
  }

  /** Log-normal around the market's turnover, and larger in wild hours than in calm ones. */
  #volumeUnits(price: number, minuteSigmaShare: number, random: RandomStream): number {
    const activity = minuteSigmaShare * Math.sqrt(DAY_MS / MINUTE_MS);
    const turnover = this.#market.turnoverPerMinute * activity * Math.exp(0.8 * random.gaussian() - 0.32);
    const base = turnover / (price / 10 ** this.units.priceDecimals);
    return Math.max(8, Math.round(base * 10 ** this.units.qtyDecimals));
  }

  #day(day: number): GeneratedDay {
    const known = this.#days.get(day);
    if (known !== undefined) return known;
    const made = generatedDay(this.#walkSeed, day, this.#market.dailySigma);
    const [oldest] = this.#days.keys();
    if (oldest !== undefined && this.#days.size >= DAYS_KEPT) this.#days.delete(oldest);
    this.#days.set(day, made);
    return made;
  }
}

/** Binance's resting rate of 0.01 % plus noise, seldom negative, as a fraction of the notional. */
function fundingRate(random: RandomStream): string {
  const unit = 10 ** FUNDING_DECIMALS;
  const rate = Math.round(Math.min(0.003, Math.max(-0.003, 0.0001 + 0.00008 * random.gaussian())) * unit);
  return `${rate < 0 ? '-' : ''}${unitText(Math.abs(rate), FUNDING_DECIMALS)}`;
}
