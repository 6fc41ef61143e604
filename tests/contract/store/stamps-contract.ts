import { describe, expect, it } from 'vitest';
import { JOBS, LOOSE_COUNTERS, TIMELINES, WRITTEN_AT, aJob, aTimeline } from './records.ts';
import type { OpenStore } from './store-contract.ts';

export function describeStamps(open: OpenStore): void {
  describe('stamps and times', () => {
    it('stamps every document and hides the stamp from the engine', async () => {
      const { store, namespace, raw, rawTime } = await open();
      await store.commit((writer) => { writer.create(JOBS, 'one', aJob()); });
      expect(await raw(`hedge/${namespace}/jobs/one`)).toMatchObject({
        schemaVersion: 3,
        engineVersion: '0.1.0-test',
        configHash: 'c0ffee',
        flags: 'intel, routerAutotune',
        runId: 'run-1',
        updatedAt: rawTime(WRITTEN_AT),
      });
      expect((await store.get({ job: { collection: JOBS, id: 'one' } })).job).toEqual(aJob());
    });

    it('refuses a record that uses a name of the stamp', async () => {
      const { store } = await open();
      const writing = store.commit((writer) => { writer.set(LOOSE_COUNTERS, 'one', { value: 1, runId: 'mine' }); });
      await expect(writing).rejects.toThrow(/field runId is set by the store/);
    });

    it('gives every time back to the millisecond, in lists and maps too', async () => {
      const { store } = await open();
      const edges = aTimeline({ startedAt: 0, endedAt: 253_402_300_799_999 });
      await store.commit((writer) => {
        writer.set(TIMELINES, 'usual', aTimeline());
        writer.set(TIMELINES, 'edges', edges);
      });
      const got = await store.get({
        usual: { collection: TIMELINES, id: 'usual' },
        edges: { collection: TIMELINES, id: 'edges' },
      });
      expect(got).toEqual({ usual: aTimeline(), edges });
    });

    it('holds times as the database\'s own, and durations as numbers', async () => {
      const { store, namespace, raw, rawTime } = await open();
      await store.commit((writer) => { writer.set(TIMELINES, 'one', aTimeline()); });
      expect(await raw(`hedge/${namespace}/timelines/one`)).toMatchObject({
        startedAt: rawTime(1_763_700_000_001),
        endedAt: null,
        attemptsAt: [0, 1, 999, 1_763_700_000_999].map(rawTime),
        tradesAtBySymbol: { BTCUSDT: [1_763_700_000_007, 1_763_700_000_008].map(rawTime), ETHUSDT: [] },
        lastFillAtBySymbol: { BTCUSDT: rawTime(1_763_700_000_009) },
        legs: [{ filledAt: rawTime(1_763_700_000_010), price: 0.1 }],
        elapsedMs: 86_400_000,
      });
    });
  });
}
