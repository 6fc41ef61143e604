/** What the operator has said about trading, and what of it is sure while an answer is still out. */
import type { TradingState } from '../../functions/src/schema/scalars.ts';

export interface Word {
  readonly state: TradingState;
  readonly since: number;
  /** By the engine's clock; null until it is taken back. */
  readonly expiresAt: number | null;
}

const STRICTNESS: Readonly<Record<TradingState, number>> = { ACTIVE: 0, REDUCING: 1, HALTED: 2 };

/** At `asOf` by the engine's clock: a word with an expiry ends by itself. */
export function inForceAt({ state, since, expiresAt }: Word, asOf: number): Pick<Word, 'state' | 'since'> {
  return expiresAt !== null && asOf >= expiresAt ? { state: 'ACTIVE', since: expiresAt } : { state, since };
}

/** Of two of which one is in force: what holds in either case. */
export function laxer(a: Pick<Word, 'state' | 'since'>, b: Pick<Word, 'state' | 'since'>): Pick<Word, 'state' | 'since'> {
  return STRICTNESS[b.state] < STRICTNESS[a.state] ? b : a;
}
