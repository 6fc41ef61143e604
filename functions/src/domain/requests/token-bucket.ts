/** A token bucket: a minute's worth may come at once, and refills evenly. */
import type { RequestBudget } from '../../schema/records/request-budget.ts';
import type { EpochMs } from '../../schema/scalars.ts';

const MINUTE_MS = 60_000;

export type Taken =
  | { readonly kind: 'taken'; readonly budget: RequestBudget }
  /** Nothing is to be stored: a flood of refusals costs no write. */
  | { readonly kind: 'empty'; readonly retryAfterMs: number };

/** `known` is null for who has not asked before. A clock that went back refills nothing. */
export function takeToken(known: RequestBudget | null, perMinute: number, now: EpochMs): Taken {
  const elapsedMs = known === null ? 0 : Math.max(0, now - known.refilledAt);
  const tokens = known === null ? perMinute : Math.min(perMinute, known.tokens + (elapsedMs / MINUTE_MS) * perMinute);
  if (tokens < 1) return { kind: 'empty', retryAfterMs: Math.ceil(((1 - tokens) / perMinute) * MINUTE_MS) };
  return { kind: 'taken', budget: { tokens: tokens - 1, refilledAt: known === null ? now : Math.max(now, known.refilledAt) } };
}
