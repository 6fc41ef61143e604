/** Maintenance margin by notional, as the venue's brackets say it. */
import { decimal } from '../money/decimal.ts';
import type { Decimal } from '../money/decimal.ts';
import type { MarginTierRecord } from '../../schema/records/market-metadata.ts';

/** Maintenance margin = notional x ratio - cum while the notional is at least the floor; in the margin asset. */
export interface MarginTier {
  readonly notionalFloor: Decimal;
  readonly ratio: Decimal;
  readonly cum: Decimal;
}

/** Ascending by floor, the first at 0. */
export interface SymbolTiers {
  readonly symbol: string;
  readonly tiers: readonly MarginTier[];
}

/** Records are replaced, never changed, and every order of a symbol looks at the same ones: each is read once. */
const read = new WeakMap<readonly MarginTierRecord[], readonly MarginTier[]>();

/** Null when the symbol's tiers have not been stored. */
export function tiersOf(brackets: Readonly<Record<string, readonly MarginTierRecord[]>>, symbol: string): readonly MarginTier[] | null {
  const records = brackets[symbol];
  if (records === undefined || records.length === 0) return null;
  const known = read.get(records);
  if (known !== undefined) return known;
  const tiers = records.map(({ notionalFloor, ratio, cum }) => ({ notionalFloor: decimal(notionalFloor), ratio: decimal(ratio), cum: decimal(cum) }));
  read.set(records, tiers);
  return tiers;
}

/** The tier that a notional falls into. Throws RangeError for tiers that do not begin at 0. */
export function tierFor(tiers: readonly MarginTier[], notional: Decimal): MarginTier {
  const tier = tiers.findLast(({ notionalFloor }) => notional.gte(notionalFloor));
  if (tier === undefined) throw new RangeError('margin tiers must begin at a notional of 0');
  return tier;
}

/** A symbol without tiers counts whole: whatever the venue asks for, it is not more. */
export function maintenanceMargin(tiers: readonly MarginTier[] | null, notional: Decimal): Decimal {
  if (tiers === null) return notional;
  const { ratio, cum } = tierFor(tiers, notional);
  return notional.times(ratio).minus(cum);
}
