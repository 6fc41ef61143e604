/**
 * What the venue's replies say about our request budget, and how long it told us to stay away. A stop holds for every
 * call of this process: calling on through a 429 turns it into a ban of the address.
 */
import type { EpochMs } from '../../schema/scalars.ts';

export interface BudgetReading {
  /** Request weight spent by this address in the current minute (limit 2,400); null before the first reply. */
  readonly usedWeight1m: number | null;
  /** Orders of this account in the current 10 seconds (limit 300) and minute (limit 1,200). */
  readonly orderCount10s: number | null;
  readonly orderCount1m: number | null;
  readonly readAt: EpochMs | null;
  /** No call is made before this time. */
  readonly bannedUntil: EpochMs | null;
}

export interface RateBudget {
  record(headers: ReadonlyMap<string, string>, now: EpochMs): void;
  stopUntil(time: EpochMs): void;
  /** Milliseconds still to stay away; 0 when calls are allowed. */
  waitMs(now: EpochMs): number;
  reading: () => BudgetReading;
}

export function createRateBudget(): RateBudget {
  let current: BudgetReading = { usedWeight1m: null, orderCount10s: null, orderCount1m: null, readAt: null, bannedUntil: null };
  return {
    record(headers, now) {
      current = {
        ...current,
        usedWeight1m: count(headers, 'x-mbx-used-weight-1m') ?? current.usedWeight1m,
        orderCount10s: count(headers, 'x-mbx-order-count-10s') ?? current.orderCount10s,
        orderCount1m: count(headers, 'x-mbx-order-count-1m') ?? current.orderCount1m,
        readAt: now,
      };
    },
    stopUntil(time) {
      current = { ...current, bannedUntil: Math.max(time, current.bannedUntil ?? 0) };
    },
    waitMs: (now) => Math.max(0, (current.bannedUntil ?? 0) - now),
    reading: () => current,
  };
}

function count(headers: ReadonlyMap<string, string>, name: string): number | null {
  const value = headers.get(name);
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : null;
}
