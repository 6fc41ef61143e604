/** What is left of the venue's limits, as `rate_budget/{venue}` tells it. */
import type { Inspection } from '../compose/start-inspection.ts';
import { usedPct } from '../domain/requests/venue-budget.ts';
import { RATE_BUDGETS } from '../schema/records/rate-budget.ts';
import type { RateBudgetRecord } from '../schema/records/rate-budget.ts';
import type { EpochMs } from '../schema/scalars.ts';
import { isoText, timeText } from './time-text.ts';

export interface RequestBudgetReading {
  /** Null while little was ever used: nothing is written then. */
  readonly record: RateBudgetRecord | null;
  readonly writtenAt: EpochMs | null;
  /** The largest share used of any limit in the window under way, in percent; 100 while the venue wants no calls. */
  readonly usedPct: number;
  /** From here on the rest is kept for exits. */
  readonly entriesMaxPct: number;
}

export async function readRequestBudget({ store, stampOf, venueName, clock, config }: Pick<Inspection, 'store' | 'stampOf' | 'venueName' | 'clock' | 'config'>): Promise<RequestBudgetReading> {
  const { record } = await store.get({ record: { collection: RATE_BUDGETS, id: venueName } });
  const stamp = record === null ? null : await stampOf(RATE_BUDGETS, venueName);
  return { record, writtenAt: stamp?.updatedAt ?? null, usedPct: record === null ? 0 : usedPct(record, clock.now()), entriesMaxPct: config.runtime.venueBudget.entriesMaxPct };
}

/** `weight1m 900 of 2400 (38 %), orders1m 3 of 1200 (1 %), told 2026-01-05T12:03:20Z (12 s ago)`. */
export function requestBudgetText({ record, writtenAt }: RequestBudgetReading, now: EpochMs): string {
  if (record === null) return "little used: no instance has ever come near a limit of the venue's";
  const told = writtenAt === null ? '' : `, told ${timeText(writtenAt, now)}`;
  const banned = record.bannedUntil !== null && now < record.bannedUntil ? [`no calls until ${isoText(record.bannedUntil)}`] : [];
  const underWay = Object.entries(record.lines).filter(([, { until }]) => now < until).map(([name, { used, limit }]) => `${name} ${used} of ${limit} (${Math.round((used / limit) * 100)} %)`);
  const words = [...banned, ...underWay];
  return `${words.length === 0 ? 'little used in the minute under way' : words.join(', ')}${told}`;
}
