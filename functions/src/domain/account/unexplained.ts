/**
 * What of the NAV no row of income explains yet. A payment in must not make good a loss that it did not earn, and what
 * was paid out before midnight must not count against the day that follows it: both are known as payments only when
 * their rows come.
 */
import type { Decimal } from '../money/decimal.ts';
import { ZERO, decimal, isPositive, max, min } from '../money/decimal.ts';
import type { NavState, WalletCheck } from '../../schema/records/nav-state.ts';

interface Reading {
  readonly navUsd: Decimal;
  readonly unexplainedUsd: Decimal;
  readonly wallet: WalletCheck | null;
}

/** The NAV that a loss is measured by: without a payment in that has no row yet. What went out without one is missed. */
export function explainedUsd(navUsd: Decimal, unexplainedUsd: Decimal): Decimal {
  return isPositive(unexplainedUsd) ? navUsd.minus(unexplainedUsd) : navUsd;
}

/**
 * Not all that the wallet holds beyond its rows: the profit of a trade whose row is late was in the NAV before, as
 * unrealised. So a new difference is at most what the NAV has moved by with it, and stays that while it is the same:
 * what the market does afterwards is profit or loss.
 */
export function unexplainedOfNav(before: NavState | null, { navUsd, unexplainedUsd, wallet }: Reading, transfersUsd: Decimal): Decimal {
  if (before === null) return unexplainedUsd;
  const known = decimal(before.unexplainedUsd);
  const isSame = before.wallet !== null && wallet !== null && before.wallet.difference === wallet.difference;
  const moved = isSame ? known : navUsd.minus(decimal(before.navUsd).minus(known).plus(transfersUsd));
  return isPositive(unexplainedUsd) ? max(ZERO, min(unexplainedUsd, moved)) : min(ZERO, max(unexplainedUsd, moved));
}
