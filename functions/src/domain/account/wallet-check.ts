/**
 * Whether the wallet has changed by what the venue's income says. A payment shows in the balance before its row is
 * published; until then it must neither raise the high-water mark, which its row would raise a second time, nor pass
 * for a profit.
 */
import type { Decimal } from '../money/decimal.ts';
import { ZERO, decimal, isPositive, isZero, text } from '../money/decimal.ts';
import type { Tally } from '../money/tally.ts';
import type { WalletCheck } from '../../schema/records/nav-state.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { AssetBalance } from './account.ts';

/** How long one and the same difference may stay before it is taken as it is. */
const PATIENCE_MS = 900_000;

export interface CheckedWallet {
  readonly check: WalletCheck;
  /** What the wallet holds beyond what rows explain; negative when it holds less. */
  readonly unexplainedUsd: Decimal;
  /** A payment in that no row has told of for long: it moves the marks as a deposit does. Zero otherwise. */
  readonly depositUsd: Decimal;
  readonly problem: string | null;
}

/** `rateOf` gives the dollars per unit of an asset held, null for one that is held no longer. */
export function checkWallet(
  before: WalletCheck | null,
  balances: readonly AssetBalance[],
  incomeByAsset: Tally,
  rateOf: (asset: string) => Decimal | null,
  asOf: EpochMs,
): CheckedWallet {
  const rest = restByAsset(balances, incomeByAsset);
  if (before === null) return explained(rest);
  const differing = [...new Set([...Object.keys(rest), ...Object.keys(before.baseByAsset)])].flatMap((asset) => {
    const amount = amountOf(rest, asset).minus(amountOf(before.baseByAsset, asset));
    return isZero(amount) ? [] : [{ asset, amount }];
  });
  if (differing.length === 0) return explained(before.baseByAsset);
  const unexplainedUsd = differing.reduce((total, { asset, amount }) => total.plus(worth(amount, rateOf(asset))), ZERO);
  const difference = differing.map(({ asset, amount }) => `${text(amount)} ${asset}`).join(', ');
  const sinceAt = before.difference === difference && before.sinceAt !== null ? before.sinceAt : asOf;
  if (asOf - sinceAt < PATIENCE_MS) return { check: { ...before, difference, sinceAt }, unexplainedUsd, depositUsd: ZERO, problem: null };
  return {
    ...explained(rest),
    depositUsd: isPositive(unexplainedUsd) ? unexplainedUsd : ZERO,
    problem: `the wallet holds ${difference} that no income row explains; taken as ${isPositive(unexplainedUsd) ? 'a deposit' : 'a loss'}`,
  };
}

/** What is held no longer is worth nothing to the NAV either. */
function worth(amount: Decimal, rate: Decimal | null): Decimal {
  return rate === null ? ZERO : amount.times(rate);
}

function explained(baseByAsset: Tally): CheckedWallet {
  return { check: { baseByAsset: { ...baseByAsset }, difference: null, sinceAt: null }, unexplainedUsd: ZERO, depositUsd: ZERO, problem: null };
}

/** Balance less income: what was there before the first row was booked. It never changes by itself. */
function restByAsset(balances: readonly AssetBalance[], incomeByAsset: Tally): Tally {
  const wallets = new Map(balances.map((balance) => [balance.asset, balance.walletBalance]));
  const assets = new Set([...wallets.keys(), ...Object.keys(incomeByAsset)]);
  return Object.fromEntries([...assets].map((asset) => [asset, text((wallets.get(asset) ?? ZERO).minus(amountOf(incomeByAsset, asset)))]));
}

/** An asset that is not named was never there. */
function amountOf(tally: Tally, asset: string): Decimal {
  const amount = tally[asset];
  return amount === undefined ? ZERO : decimal(amount);
}
