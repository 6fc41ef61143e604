/**
 * What the functions cost, from the figures that their records tell: ticks of screen, sync, learn and ingest, intents for execute
 * and confirm, the audit for control. They are summed into hours by job, each record once, and the last 24 hours are priced.
 */
import type { CostHour, CostState, Usage } from '../../schema/records/cost-state.ts';
import type { EngineJob, RunCost } from '../../schema/records/run-cost.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { FIRESTORE, FUNCTIONS, PRICES_AS_OF, billedUsd } from './prices.ts';
import type { Price } from './prices.ts';

const HOUR_MS = 3_600_000;
const HOURS_KEPT = 24;
/** Cloud Run bills by the started tenth of a second. */
const BILLED_MS = 100;
/** Of the deployed functions: 512 MiB, one processor. */
const GIB = 0.5;

const NOTHING: Usage = { ticks: 0, documentsRead: 0, documentsWritten: 0, documentsDeleted: 0, venueCalls: 0, cpuMs: 0, busyMs: 0 };

/** What one record tells of a job. */
export interface ToldWork {
  readonly job: EngineJob;
  readonly at: EpochMs;
  /** Null where nobody has counted. */
  readonly cost: RunCost | null;
  /** From start to end of the run, which counts where its cost does not say how long it was busy. */
  readonly tookMs: number;
}

/** `told` is of the time from `before.readUntilAt` on and before `readUntilAt`. */
export function costStateOf(before: CostState | null, told: readonly ToldWork[], readUntilAt: EpochMs, computedAt: EpochMs): CostState {
  const known = before?.hours ?? [];
  const first = hourOf(readUntilAt) - (HOURS_KEPT - 1) * HOUR_MS;
  const fresh = told.map((work): CostHour => ({ startAt: hourOf(work.at), job: work.job, ...usageOf(work) }));
  const hours = [...Map.groupBy([...known, ...fresh], ({ startAt, job }) => `${startAt} ${job}`).values()]
    .flatMap(([one, ...others]): readonly CostHour[] => (one === undefined ? [] : [{ startAt: one.startAt, job: one.job, ...sumOf([one, ...others]) }]))
    .filter(({ startAt }) => startAt >= first)
    .toSorted((a, b) => a.startAt - b.startAt || (a.job ?? '').localeCompare(b.job ?? ''));
  const usage = sumOf(hours);
  const firstTickAt = before?.firstTickAt ?? (told.length === 0 ? null : Math.min(...told.map(({ at }) => at)));
  const coveredHours = hours[0] === undefined || firstTickAt === null ? 0 : (readUntilAt - Math.max(hours[0].startAt, firstTickAt)) / HOUR_MS;
  const prices = coveredHours === 0 ? NO_PRICE : pricesOf(usage, HOURS_KEPT / coveredHours);
  return {
    summary: coveredHours === 0 ? 'nothing has told its cost yet' : `${(prices.totalUsdPerDay * 100).toFixed(2)} cents a day after free quotas: ${usage.documentsRead} reads and ${usage.documentsWritten} writes in ${coveredHours.toFixed(1)} hours`,
    hours,
    usage,
    byJob: Object.fromEntries([...Map.groupBy(hours, ({ job }) => job)].flatMap(([job, some]) => (job === null ? [] : [[job, sumOf(some)]]))),
    coveredHours,
    ...prices,
    pricesAsOf: PRICES_AS_OF,
    firstTickAt,
    readUntilAt,
    computedAt,
  };
}

const hourOf = (at: EpochMs): EpochMs => at - (at % HOUR_MS);

function usageOf({ cost, tookMs }: ToldWork): Usage {
  const busyMs = Math.ceil(Math.max(tookMs, 1) / BILLED_MS) * BILLED_MS;
  if (cost === null) return { ...NOTHING, ticks: 1, busyMs };
  const { runs, busyMs: countedMs, ...counts } = cost;
  return { ...counts, ticks: runs ?? 1, busyMs: countedMs ?? busyMs };
}

function sumOf(usages: readonly Usage[]): Usage {
  const total = (of: (usage: Usage) => number): number => usages.reduce((sum, usage) => sum + of(usage), 0);
  return {
    ticks: total(({ ticks }) => ticks),
    documentsRead: total(({ documentsRead }) => documentsRead),
    documentsWritten: total(({ documentsWritten }) => documentsWritten),
    documentsDeleted: total(({ documentsDeleted }) => documentsDeleted),
    venueCalls: total(({ venueCalls }) => venueCalls),
    cpuMs: total(({ cpuMs }) => cpuMs),
    busyMs: total(({ busyMs }) => busyMs),
  };
}

type Prices = Pick<CostState, 'firestoreUsdPerDay' | 'functionsUsdPerDay' | 'totalUsdPerDay' | 'withoutFreeUsdPerDay'>;

const NO_PRICE: Prices = { firestoreUsdPerDay: 0, functionsUsdPerDay: 0, totalUsdPerDay: 0, withoutFreeUsdPerDay: 0 };

function pricesOf({ documentsRead, documentsWritten, documentsDeleted, ticks, busyMs }: Usage, toADay: number): Prices {
  const seconds = busyMs / 1000;
  const firestore: readonly (readonly [number, Price])[] = [[documentsRead, FIRESTORE.read], [documentsWritten, FIRESTORE.write], [documentsDeleted, FIRESTORE.delete]];
  const functions: readonly (readonly [number, Price])[] = [[seconds, FUNCTIONS.vcpuSecond], [seconds * GIB, FUNCTIONS.gibSecond], [ticks, FUNCTIONS.request]];
  const billed = (used: typeof firestore): number => used.reduce((sum, [amount, price]) => sum + billedUsd(amount * toADay, price), 0);
  const [firestoreUsdPerDay, functionsUsdPerDay] = [billed(firestore), billed(functions)];
  return {
    firestoreUsdPerDay,
    functionsUsdPerDay,
    totalUsdPerDay: firestoreUsdPerDay + functionsUsdPerDay,
    withoutFreeUsdPerDay: [...firestore, ...functions].reduce((sum, [amount, { usd }]) => sum + amount * toADay * usd, 0),
  };
}
