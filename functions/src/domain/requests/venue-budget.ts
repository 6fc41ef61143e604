/**
 * How much of the venue's limits on requests and orders is used, as its replies tell. Its windows are fixed: one that has
 * ended counts for nothing, and within one the use only grows, so readings of several instances merge in any order.
 */
import type { RateBudgetRecord } from '../../schema/records/rate-budget.ts';
import type { EpochMs } from '../../schema/scalars.ts';

export type VenueBudget = Pick<RateBudgetRecord, 'lines' | 'bannedUntil'>;

export const FULL_BUDGET: VenueBudget = { lines: {}, bannedUntil: null };

/** The largest share used of any limit, in percent; 100 while the venue wants no calls at all. */
export function usedPct({ lines, bannedUntil }: VenueBudget, now: EpochMs): number {
  if (bannedUntil !== null && now < bannedUntil) return 100;
  const shares = Object.values(lines).map(({ used, limit, until }) => (now < until ? (used / limit) * 100 : 0));
  return Math.max(0, ...shares);
}

export function mergedBudget(a: VenueBudget, b: VenueBudget): VenueBudget {
  const lines = { ...a.lines };
  for (const [name, line] of Object.entries(b.lines)) {
    const other = lines[name];
    if (other === undefined || line.until > other.until || (line.until === other.until && line.used > other.used)) lines[name] = line;
  }
  return { lines, bannedUntil: latest(a.bannedUntil, b.bannedUntil) };
}

function latest(a: EpochMs | null, b: EpochMs | null): EpochMs | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}

export function budgetRecord(budget: VenueBudget, now: EpochMs): RateBudgetRecord {
  const { lines, bannedUntil } = budget;
  const words = Object.entries(lines).filter(([, { until }]) => now < until).map(([name, { used, limit }]) => `${name} ${used} of ${limit}`);
  const banned = bannedUntil !== null && now < bannedUntil ? [`no calls until ${new Date(bannedUntil).toISOString()}`] : [];
  return { summary: [...banned, ...words].join(', '), lines: { ...lines }, bannedUntil };
}
