// Request weight and order counts in fixed windows of the venue's clock. Who goes on after 429 is banned (418) for a while.
import { WireRefusal } from './wire-refusal.ts';

export interface RateLimits {
  readonly weightPerMinute: number;
  readonly ordersPer10Seconds: number;
  readonly ordersPerMinute: number;
  /** How many 429 answers within a minute lead to a ban, and how long it lasts. */
  readonly warnings: number;
  readonly banMs: number;
}

export const BINANCE_RATE_LIMITS: RateLimits = {
  weightPerMinute: 2400,
  ordersPer10Seconds: 300,
  ordersPerMinute: 1200,
  warnings: 20,
  banMs: 120_000,
};

const MINUTE_MS = 60_000;
const TEN_SECONDS_MS = 10_000;

export class RateLimiter {
  readonly limits: RateLimits;
  readonly #weight = new WindowCounter(MINUTE_MS);
  readonly #warnings = new WindowCounter(MINUTE_MS);
  readonly #orders10s = new WindowCounter(TEN_SECONDS_MS);
  readonly #orders1m = new WindowCounter(MINUTE_MS);
  #bannedUntil = 0;

  constructor(limits: RateLimits) {
    this.limits = limits;
  }

  /** Counts a request; throws 429 or 418 when it is one too many. */
  request(weight: number, now: number): void {
    if (now < this.#bannedUntil) throw this.#banned(now);
    if (this.#weight.add(weight, now) <= this.limits.weightPerMinute) return;
    if (this.#warnings.add(1, now) > this.limits.warnings) {
      this.#bannedUntil = now + this.limits.banMs;
      throw this.#banned(now);
    }
    const message = `Too many requests; current limit is ${this.limits.weightPerMinute} request weight per minute.`;
    throw new WireRefusal(429, -1003, message, secondsLeft(MINUTE_MS, now));
  }

  /** Counts an order; throws 429 with -1015 when it is one too many. */
  order(now: number): void {
    const { ordersPer10Seconds, ordersPerMinute } = this.limits;
    if (this.#orders10s.add(1, now) > ordersPer10Seconds) throw tooManyOrders(ordersPer10Seconds, '10 SECOND', TEN_SECONDS_MS, now);
    if (this.#orders1m.add(1, now) > ordersPerMinute) throw tooManyOrders(ordersPerMinute, 'MINUTE', MINUTE_MS, now);
  }

  headers(withOrders: boolean, now: number): Record<string, string> {
    const weight = { 'x-mbx-used-weight-1m': String(this.#weight.count(now)) };
    if (!withOrders) return weight;
    return {
      ...weight,
      'x-mbx-order-count-10s': String(this.#orders10s.count(now)),
      'x-mbx-order-count-1m': String(this.#orders1m.count(now)),
    };
  }

  #banned(now: number): WireRefusal {
    const message = `Way too many requests; IP banned until ${this.#bannedUntil}. Please use the websocket for live updates to avoid bans.`;
    return new WireRefusal(418, -1003, message, Math.ceil((this.#bannedUntil - now) / 1000));
  }
}

class WindowCounter {
  readonly #lengthMs: number;
  #window = -1;
  #count = 0;

  constructor(lengthMs: number) {
    this.#lengthMs = lengthMs;
  }

  add(amount: number, now: number): number {
    this.#count = this.count(now) + amount;
    return this.#count;
  }

  count(now: number): number {
    const window = Math.floor(now / this.#lengthMs);
    if (window !== this.#window) {
      this.#window = window;
      this.#count = 0;
    }
    return this.#count;
  }
}

function tooManyOrders(limit: number, interval: string, windowMs: number, now: number): WireRefusal {
  return new WireRefusal(429, -1015, `Too many new orders; current limit is ${limit} orders per ${interval}.`, secondsLeft(windowMs, now));
}

function secondsLeft(windowMs: number, now: number): number {
  return Math.ceil((windowMs - (now % windowMs)) / 1000);
}
