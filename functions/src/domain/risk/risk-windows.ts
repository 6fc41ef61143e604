/**
 * Windows of recent events in `state/risk`. `note…` returns the state with the event and without what is older than
 * the window that asks for it; counting never changes anything. An event exactly one window old still counts.
 */
import type { RiskState } from '../../schema/records/risk-state.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { AccountLimits } from './limits.ts';

type Windows = Pick<AccountLimits, 'burst' | 'errors' | 'trades'>;

/** An entry's order attempt. Note it in the transaction that approves or arms it, so that two cannot share a place. */
export function noteAttempt(state: RiskState, asOf: EpochMs, { burst }: Windows): RiskState {
  return { ...state, attemptsAt: noted(state.attemptsAt, asOf, burst.windowMs) };
}

/** An error of the venue: a rejection, an ambiguous answer, a failed read. */
export function noteError(state: RiskState, asOf: EpochMs, { errors }: Windows): RiskState {
  return { ...state, errorsAt: noted(state.errorsAt, asOf, errors.windowMs) };
}

/** The venue refused an order over price, quantity, notional, leverage or the contract's state: our rules may be old. */
export function noteRulesDoubted(state: RiskState, asOf: EpochMs): RiskState {
  return { ...state, rulesDoubtedAt: asOf };
}

/** An approved entry, once per intent, in the approving transaction. */
export function noteTrade(state: RiskState, symbol: string, asOf: EpochMs, { trades }: Windows): RiskState {
  const pruned = Object.entries(state.tradesAtBySymbol)
    .map(([key, times]) => [key, times.filter((at) => at >= asOf - trades.windowMs)] as const)
    .filter(([key, times]) => key !== symbol && times.length > 0);
  const own = noted(state.tradesAtBySymbol[symbol] ?? [], asOf, trades.windowMs);
  return { ...state, tradesAtBySymbol: { ...Object.fromEntries(pruned), [symbol]: own } };
}

/** A fill of the symbol, entry or exit. Late reports of older fills do not turn the clock back. */
export function noteFill(state: RiskState, symbol: string, filledAt: EpochMs): RiskState {
  const last = state.lastFillAtBySymbol[symbol];
  if (last !== undefined && last >= filledAt) return state;
  return { ...state, lastFillAtBySymbol: { ...state.lastFillAtBySymbol, [symbol]: filledAt } };
}

/** Events no older than the window. */
export function countWithin(timesAt: readonly EpochMs[], asOf: EpochMs, windowMs: number): number {
  return timesAt.reduce((count, at) => (at >= asOf - windowMs ? count + 1 : count), 0);
}

function noted(timesAt: readonly EpochMs[], at: EpochMs, windowMs: number): EpochMs[] {
  return [...timesAt.filter((time) => time >= at - windowMs), at];
}
