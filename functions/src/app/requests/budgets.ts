/**
 * How many requests a person or a key may make. The bucket is in the store, so that instances share it; who has run out
 * is also remembered here until a token is back, so that a flood costs neither reads nor writes.
 */
import { takeToken } from '../../domain/requests/token-bucket.ts';
import { ContentionError } from '../../ports/store.ts';
import type { Store } from '../../ports/store.ts';
import { REQUEST_BUDGETS } from '../../schema/records/request-budget.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { refused } from './refusal.ts';
import type { Refusal } from './refusal.ts';

const MOST_REMEMBERED = 1000;
const CONTENTION_RETRY_MS = 1000;

export class Budgets {
  /** Until when each has nothing left. A cache, not a lock: another instance asks the store. */
  readonly #exhaustedUntil = new Map<string, EpochMs>();

  /** Null when the request may go on. `id` is a document id. */
  async take(store: Store, id: string, perMinute: number, now: EpochMs): Promise<Refusal | null> {
    const exhaustedUntil = this.#exhaustedUntil.get(id);
    if (exhaustedUntil !== undefined && now < exhaustedUntil) return rateLimited(exhaustedUntil - now);
    this.#exhaustedUntil.delete(id);
    const retryAfterMs = await this.#takeFromStore(store, id, perMinute, now);
    if (retryAfterMs === null) return null;
    if (this.#exhaustedUntil.size >= MOST_REMEMBERED) this.#exhaustedUntil.clear();
    this.#exhaustedUntil.set(id, now + retryAfterMs);
    return rateLimited(retryAfterMs);
  }

  async #takeFromStore(store: Store, id: string, perMinute: number, now: EpochMs): Promise<number | null> {
    try {
      return await store.transact(async (tx) => {
        const { budget } = await tx.get({ budget: { collection: REQUEST_BUDGETS, id } });
        const taken = takeToken(budget, perMinute, now);
        if (taken.kind === 'empty') return taken.retryAfterMs;
        tx.set(REQUEST_BUDGETS, id, taken.budget);
        return null;
      });
    } catch (error) {
      // So many at once that they lost against each other: that is what the limit is for.
      if (error instanceof ContentionError) return CONTENTION_RETRY_MS;
      throw error;
    }
  }
}

function rateLimited(retryAfterMs: number): Refusal {
  const seconds = Math.max(1, Math.ceil(retryAfterMs / 1000));
  return refused('rate_limited', 'too many requests', `ask again in ${seconds} seconds; the limits are in runtime.json`, seconds);
}
