/** The records of the contract suite: one of each shape that stores must keep exactly. */
import { z } from 'zod';
import { collection } from '../../../functions/src/schema/collection.ts';
import { epochMs } from '../../../functions/src/schema/scalars.ts';
import type { Stamp } from '../../../functions/src/adapters/store-document/stamp.ts';

export const counter = z.strictObject({ value: z.int() });
export const COUNTERS = collection('counters', 1, counter);
/** Same place, other schema: what an older or a faulty writer would leave there. */
export const LOOSE_COUNTERS = collection('counters', 1, z.record(z.string(), z.unknown()));

export const slots = z.strictObject({ free: z.int().nonnegative(), holders: z.array(z.string()) });
export const SLOTS = collection('slots', 1, slots);

export const job = z.strictObject({
  state: z.enum(['open', 'done']),
  rank: z.int(),
  dueAt: epochMs,
  owner: z.string().nullable(),
  note: z.string().optional(),
  lease: z.strictObject({ holder: z.string(), expiresAt: epochMs }).nullable(),
});
export type Job = z.infer<typeof job>;
export const JOBS = collection('jobs', 3, job);

export const timeline = z.strictObject({
  startedAt: epochMs,
  endedAt: epochMs.nullable(),
  attemptsAt: z.array(epochMs),
  tradesAtBySymbol: z.record(z.string(), z.array(epochMs)),
  lastFillAtBySymbol: z.record(z.string(), epochMs),
  legs: z.array(z.strictObject({ filledAt: epochMs, price: z.number() })),
  elapsedMs: z.int(),
});
export type Timeline = z.infer<typeof timeline>;
export const TIMELINES = collection('timelines', 1, timeline);

export const AUDIT = collection('control/trading/audit', 1, z.strictObject({ actor: z.string() }));

export const WRITTEN_AT = 1_763_700_000_123;
export const TEST_STAMP: Stamp = {
  engineVersion: '0.1.0-test',
  configHash: 'c0ffee',
  flags: 'intel, routerAutotune',
  runId: () => 'run-1',
  now: () => WRITTEN_AT,
};

export const aJob = (changes: Partial<Job> = {}): Job => ({
  state: 'open',
  rank: 1,
  dueAt: 1_763_700_000_000,
  owner: null,
  lease: null,
  ...changes,
});

export const aTimeline = (changes: Partial<Timeline> = {}): Timeline => ({
  startedAt: 1_763_700_000_001,
  endedAt: null,
  attemptsAt: [0, 1, 999, 1_763_700_000_999],
  tradesAtBySymbol: { BTCUSDT: [1_763_700_000_007, 1_763_700_000_008], ETHUSDT: [] },
  lastFillAtBySymbol: { BTCUSDT: 1_763_700_000_009 },
  legs: [{ filledAt: 1_763_700_000_010, price: 0.1 }],
  elapsedMs: 86_400_000,
  ...changes,
});
