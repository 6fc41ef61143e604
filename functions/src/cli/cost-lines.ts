import type { CostState, Usage } from '../schema/records/cost-state.ts';
import type { EpochMs } from '../schema/scalars.ts';
import { left, right, tableLines } from './table.ts';
import { isoText, timeText } from './time-text.ts';

export function costLines(place: string, state: CostState | null, now: EpochMs): readonly string[] {
  if (state === null || state.usage.ticks === 0) return [`no cost is known in ${place} yet: learn sums up what runs have used, every quarter of an hour unless configured otherwise`];
  const { usage, byJob, coveredHours, computedAt, pricesAsOf } = state;
  const perRun = (amount: number, places = 1): string => (amount / usage.ticks).toFixed(places);
  const rows: readonly (readonly [string, keyof Usage])[] = [['documents read', 'documentsRead'], ['documents written', 'documentsWritten'], ['documents deleted', 'documentsDeleted'], ['venue calls', 'venueCalls'], ['processor ms', 'cpuMs'], ['busy ms', 'busyMs']];
  const aDay = (amount: number): string => ((amount * 24) / coveredHours).toFixed(0);
  return [
    `what the functions use in ${place}, of ${timeText(computedAt, now)}: ${usage.ticks} runs in ${coveredHours.toFixed(1)} hours`,
    '',
    ...tableLines([left(''), right('a run'), right('a day')], rows.map(([name, key]) => [name, perRun(usage[key]), aDay(usage[key])])),
    '',
    ...tableLines([left('a day, by job'), right('runs'), ...rows.map(([name]) => right(name))], Object.entries(byJob).map(([job, used]) => [job, aDay(used.ticks), ...rows.map(([, key]) => aDay(used[key]))])),
    '',
    ...tableLines(
      [left('cents a day'), right('')],
      [
        ['Firestore', cents(state.firestoreUsdPerDay)],
        ['Functions', cents(state.functionsUsdPerDay)],
        ['together', cents(state.totalUsdPerDay)],
        ['without free quotas', cents(state.withoutFreeUsdPerDay)],
      ],
    ),
    '',
    `List prices of ${pricesAsOf}. Not in it: storage, traffic, Pub/Sub, secrets and a static address. Counted since ${isoText(state.hours[0]?.startAt ?? computedAt)}.`,
  ];
}

const cents = (usd: number): string => (usd * 100).toFixed(2);
