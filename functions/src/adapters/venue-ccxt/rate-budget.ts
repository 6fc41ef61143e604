/**
 * The budget of requests as this process knows it: from the replies it got, and from what other instances have shared.
 *
 * 1. A stop holds for every call of every instance: calling on through a 429 turns it into a ban of the address.
 * 2. It is shared at once when the venue says stop; otherwise only once much is used, and then seldom: a quiet engine writes nothing.
 * 3. Sharing never fails a call: what cannot be read or written is left to the venue to enforce.
 */
import { FULL_BUDGET, mergedBudget, usedPct } from '../../domain/requests/venue-budget.ts';
import type { VenueBudget } from '../../domain/requests/venue-budget.ts';
import type { EpochMs } from '../../schema/scalars.ts';

/** Where instances tell each other. */
export interface BudgetShare {
  /** Null when nobody has told anything. */
  readonly load: () => Promise<VenueBudget | null>;
  /** Merges with what is there. */
  readonly save: (budget: VenueBudget) => Promise<void>;
  readonly onFailure: (cause: string) => void;
}

export interface RateBudget {
  /** Reads what others have told, when that was long ago. To be awaited before a call. */
  refresh(now: EpochMs): Promise<void>;
  /** `venueNow` is the venue's time, by which its windows end. */
  record(headers: ReadonlyMap<string, string>, venueNow: EpochMs): void;
  stopUntil(time: EpochMs): void;
  /** Tells others what they should know. To be awaited after a call. */
  share(now: EpochMs): Promise<void>;
  /** Milliseconds still to stay away; 0 when calls are allowed. */
  waitMs(now: EpochMs): number;
  reading: () => VenueBudget;
}

const MINUTE_MS = 60_000;
const LOAD_EVERY_MS = 10_000;
const SAVE_EVERY_MS = 5000;
/** Less of every limit is nobody else's business. */
const SHARED_FROM_PCT = 25;

/** Limits of /fapi/v1/exchangeInfo: weight by address, orders by account. */
const LINES = [
  { name: 'weight1m', header: 'x-mbx-used-weight-1m', limit: 2400, windowMs: MINUTE_MS },
  { name: 'orders10s', header: 'x-mbx-order-count-10s', limit: 300, windowMs: 10_000 },
  { name: 'orders1m', header: 'x-mbx-order-count-1m', limit: 1200, windowMs: MINUTE_MS },
] as const;

export function createRateBudget(share: BudgetShare | null): RateBudget {
  let current = FULL_BUDGET;
  let loadedAt = Number.NEGATIVE_INFINITY;
  let loading = Promise.resolve();
  let savedAt = Number.NEGATIVE_INFINITY;
  let isUrgent = false;

  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      share?.onFailure(error instanceof Error ? error.message : String(error));
    }
  };

  return {
    async refresh(now) {
      if (share === null) return;
      if (now - loadedAt >= LOAD_EVERY_MS) {
        loadedAt = now;
        loading = attempt(async () => {
          const told = await share.load();
          if (told !== null) current = mergedBudget(current, told);
        });
      }
      // Awaited by all, also while another call's load is under way: what it brings may be a ban.
      await loading;
    },
    record(headers, venueNow) {
      const lines = LINES.flatMap(({ name, header, limit, windowMs }) => {
        const used = count(headers, header);
        return used === null ? [] : [[name, { used, limit, until: venueNow - (venueNow % windowMs) + windowMs }] as const];
      });
      current = mergedBudget(current, { lines: Object.fromEntries(lines), bannedUntil: null });
    },
    stopUntil(time) {
      current = mergedBudget(current, { lines: {}, bannedUntil: time });
      isUrgent = true;
    },
    async share(now) {
      if (share === null) return;
      const isDue = isUrgent || (usedPct(current, now) >= SHARED_FROM_PCT && now - savedAt >= SAVE_EVERY_MS);
      if (!isDue) return;
      isUrgent = false;
      savedAt = now;
      await attempt(() => share.save(current));
    },
    waitMs: (now) => Math.max(0, (current.bannedUntil ?? 0) - now),
    reading: () => current,
  };
}

function count(headers: ReadonlyMap<string, string>, name: string): number | null {
  const value = headers.get(name);
  return value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : null;
}
