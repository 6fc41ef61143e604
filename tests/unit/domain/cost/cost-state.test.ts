import { describe, expect, it } from 'vitest';
import { costStateOf } from '../../../../functions/src/domain/cost/cost-state.ts';
import type { ToldWork } from '../../../../functions/src/domain/cost/cost-state.ts';
import type { CostState } from '../../../../functions/src/schema/records/cost-state.ts';

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 0, 15, 12);

const COST = { documentsRead: 10, documentsWritten: 4, documentsDeleted: 1, venueCalls: 3, cpuMs: 20, runs: null, busyMs: null };

const aTick = (at: number, changes: Partial<ToldWork> = {}): ToldWork => ({ job: 'sync', at, tookMs: 250, cost: COST, ...changes });

/** So many ticks a minute through these hours. */
const through = (from: number, hours: number, perMinute: number, tick = aTick): ToldWork[] => Array.from({ length: hours * 60 * perMinute }, (_, index) => tick(from + Math.floor((index * 60_000) / perMinute)));

const rounded = ({ firestoreUsdPerDay, functionsUsdPerDay, totalUsdPerDay, withoutFreeUsdPerDay }: CostState) => [firestoreUsdPerDay, functionsUsdPerDay, totalUsdPerDay, withoutFreeUsdPerDay].map((usd) => Number(usd.toFixed(6)));

/** Ten seconds long, and reads much. */
const dear = (at: number): ToldWork => aTick(at, { tookMs: 10_000, cost: { ...COST, documentsRead: 100, documentsWritten: 20, documentsDeleted: 0 } });

describe('the cost of the functions', () => {
  it('is the sum of what ticks told, by hour', () => {
    const state = costStateOf(null, [aTick(NOON), aTick(NOON + 1), aTick(NOON + HOUR)], NOON + 2 * HOUR, NOON + 2 * HOUR);
    expect(state.hours.map(({ startAt, ticks, documentsRead }) => [startAt, ticks, documentsRead])).toEqual([[NOON, 2, 20], [NOON + HOUR, 1, 10]]);
    expect(state).toMatchObject({ coveredHours: 2, usage: { ticks: 3, documentsRead: 30, documentsWritten: 12, documentsDeleted: 3, venueCalls: 9, cpuMs: 60 } });
  });

  it('is told apart by job, whose runs may be many to a record and busy for as long as it says', () => {
    const told = [aTick(NOON), aTick(NOON, { job: 'confirm', cost: { ...COST, runs: 3, busyMs: 12_300 } }), aTick(NOON + HOUR, { job: 'confirm', cost: { ...COST, runs: 1, busyMs: 100 } })];
    const state = costStateOf(null, told, NOON + 2 * HOUR, NOON);
    expect(state.hours.map(({ startAt, job, ticks }) => [startAt, job, ticks])).toEqual([[NOON, 'confirm', 3], [NOON, 'sync', 1], [NOON + HOUR, 'confirm', 1]]);
    expect(state.byJob).toMatchObject({ sync: { ticks: 1, busyMs: 300 }, confirm: { ticks: 4, busyMs: 12_400, documentsRead: 20 } });
    expect(state.usage).toMatchObject({ ticks: 5, busyMs: 12_700, documentsRead: 30 });
  });

  it('goes on from hours of before jobs were told apart', () => {
    const { usage } = costStateOf(null, [aTick(NOON)], NOON + 60_000, NOON);
    const before = { ...costStateOf(null, [], NOON + 60_000, NOON), firstTickAt: NOON, hours: [{ ...usage, startAt: NOON, job: null }] };
    const state = costStateOf(before, [aTick(NOON + 120_000)], NOON + 180_000, NOON);
    expect(state.usage.ticks).toBe(2);
    expect(state.byJob).toEqual({ sync: usage });
  });

  it('adds to the hours that are known, so that a day of runs comes to the same as one', () => {
    const ticks = through(NOON, 6, 2);
    const once = costStateOf(null, ticks, NOON + 6 * HOUR, NOON);
    const inParts = [0, 1, 2, 3, 4, 5].reduce<CostState | null>((before, hour) => costStateOf(before, ticks.filter(({ at }) => Math.floor((at - NOON) / HOUR) === hour), NOON + (hour + 1) * HOUR, NOON), null);
    expect(inParts).toEqual(once);
  });

  it('begins with the first tick, not with its hour', () => {
    expect(costStateOf(null, [aTick(NOON + HOUR / 2)], NOON + HOUR, NOON).coveredHours).toBe(0.5);
  });

  it('forgets what is more than a day old', () => {
    const before = costStateOf(null, [aTick(NOON)], NOON + 60_000, NOON);
    const later = costStateOf(before, [aTick(NOON + 24 * HOUR)], NOON + 24 * HOUR + 60_000, NOON);
    expect(later.hours.map(({ startAt }) => startAt)).toEqual([NOON + 24 * HOUR]);
  });

  it('counts a run by started tenths of a second, as it is billed, also one whose cost nobody counted', () => {
    const { usage } = costStateOf(null, [aTick(NOON), aTick(NOON, { tookMs: 0 }), aTick(NOON, { cost: null, tookMs: 100 })], NOON + HOUR, NOON);
    expect(usage).toMatchObject({ ticks: 3, busyMs: 300 + 100 + 100, documentsRead: 20 });
  });

  it('is free within the quotas, and says what it would be without them', () => {
    // 2 ticks a minute: 28,800 reads, 11,520 writes, 2,880 deletes, 864 vCPU seconds, 432 GiB seconds and 2,880 requests a day.
    const state = costStateOf(null, through(NOON, 12, 2), NOON + 12 * HOUR, NOON);
    expect(rounded(state)).toEqual([0, 0, 0, Number((28_800 * 6e-7 + 11_520 * 1.8e-6 + 2880 * 2e-7 + 864 * 2.4e-5 + 432 * 2.5e-6 + 2880 * 4e-7).toFixed(6))]);
    expect(state.summary).toBe('0.00 cents a day after free quotas: 14400 reads and 5760 writes in 12.0 hours');
  });

  it('is billed beyond them, at the pace of the hours that are known', () => {
    // A day of 2 a minute: 288,000 reads, 57,600 writes, 28,800 vCPU seconds, 14,400 GiB seconds.
    const state = costStateOf(null, through(NOON, 12, 2, dear), NOON + 12 * HOUR, NOON);
    const firestore = 238_000 * 6e-7 + 37_600 * 1.8e-6;
    const functions = 22_800 * 2.4e-5 + 2400 * 2.5e-6;
    expect(rounded(state).slice(0, 3)).toEqual([firestore, functions, firestore + functions].map((usd) => Number(usd.toFixed(6))));
  });

  it('is nothing that could be told without ticks', () => {
    expect(costStateOf(null, [], NOON, NOON)).toMatchObject({ summary: 'nothing has told its cost yet', hours: [], coveredHours: 0, totalUsdPerDay: 0 });
  });
});
