/** Prices of one symbol, drawn from the seed: known at any minute, and in between by a line with a little noise. */
import type { Candle } from '../../functions/src/domain/market/market.ts';
import { RandomStream, seedOf } from '../../local/venue/market/random-stream.ts';
import type { MarketTemper } from './scenario.ts';

const MINUTE_MS = 60_000;
/** What strategies look back on, and more than any run lasts beyond its planned end. */
const MINUTES_BEFORE = 600;
/** How much of its distance from the usual price is left after a minute. */
const MEMORY = 0.995;

export interface PathOptions {
  readonly seed: number;
  readonly symbol: string;
  readonly startAt: number;
  readonly minutes: number;
  readonly basePrice: number;
  readonly temper: MarketTemper;
}

export class PricePath {
  readonly #firstAt: number;
  readonly #noiseSeed: number;
  readonly #anchors: Float64Array;
  #frozenAt = Infinity;

  constructor({ seed, symbol, startAt, minutes, basePrice, temper }: PathOptions) {
    this.#firstAt = startAt - (startAt % MINUTE_MS) - MINUTES_BEFORE * MINUTE_MS;
    this.#noiseSeed = seedOf(`${seed} ${symbol} noise`);
    this.#anchors = new Float64Array(MINUTES_BEFORE + minutes + 2);
    const random = new RandomStream(seedOf(`${seed} ${symbol} path`), 0);
    const crashMinute = MINUTES_BEFORE + Math.floor(new RandomStream(seedOf(`${seed} crash`), 0).unit() * minutes);
    let offset = 0;
    for (let minute = 0; minute < this.#anchors.length; minute += 1) {
      offset = offset * MEMORY + (random.gaussian() * temper.minuteBps) / 10_000;
      if (random.unit() < temper.jumpChance) offset += (random.gaussian() * temper.jumpPct) / 100;
      if (minute === crashMinute) offset += Math.log(1 - temper.crashPct / 100);
      this.#anchors[minute] = basePrice * Math.exp(offset);
    }
  }

  /** From `at` on the price stays what it was then. */
  freeze(at: number): void {
    this.#frozenAt = at;
  }

  at(time: number): number {
    const within = Math.min(time, this.#frozenAt) - this.#firstAt;
    const minute = Math.floor(within / MINUTE_MS);
    const share = (within % MINUTE_MS) / MINUTE_MS;
    const [from, to] = [this.#anchor(minute), this.#anchor(minute + 1)];
    const noise = new RandomStream(this.#noiseSeed, Math.floor(within / 1000)).unit() - 0.5;
    return (from + (to - from) * share) * (1 + noise * 0.0002);
  }

  candles(stepMs: number, count: number, now: number): readonly Candle[] {
    const lastClose = now - (now % stepMs);
    return Array.from({ length: count }, (_, index) => {
      const closeAt = lastClose - (count - 1 - index) * stepMs;
      const prices: number[] = [];
      for (let at = closeAt - stepMs; at <= closeAt; at += MINUTE_MS) prices.push(this.at(at));
      const [open = 0, close = 0] = [prices[0], prices.at(-1)];
      return { openAt: closeAt - stepMs, closeAt, open, high: Math.max(...prices), low: Math.min(...prices), close, volume: 10 };
    });
  }

  #anchor(minute: number): number {
    return this.#anchors[Math.min(Math.max(minute, 0), this.#anchors.length - 1)] ?? 0;
  }
}
