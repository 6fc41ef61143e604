/** What only the store in memory offers: injected re-runs and faults, frozen values, and a dump. */
import { describe, expect, it } from 'vitest';
import {
  CommitFaultError,
  createMemoryStore,
  type MemoryStore,
  type MemoryStoreOptions,
} from '../../../functions/src/adapters/store-memory/memory-store.ts';
import { ContentionError } from '../../../functions/src/ports/store.ts';
import { COUNTERS, JOBS, SLOTS, TEST_STAMP, TIMELINES, WRITTEN_AT, aJob, aTimeline } from './records.ts';

const aStore = (options: Partial<MemoryStoreOptions> = {}): MemoryStore =>
  createMemoryStore({ namespace: 'paper', stamp: TEST_STAMP, ...options });

/** Counts its own runs and adds one to the counter `n`. */
async function countedIncrement(store: MemoryStore): Promise<number> {
  let runs = 0;
  await store.transact(async (tx) => {
    runs += 1;
    const { n } = await tx.get({ n: { collection: COUNTERS, id: 'n' } });
    tx.set(COUNTERS, 'n', { value: (n?.value ?? 0) + 1 });
  });
  return runs;
}

describe('re-runs', () => {
  it('re-runs a body on demand, without committing the earlier run', async () => {
    const store = aStore({ rerun: (attempt) => attempt < 3 });
    expect(await countedIncrement(store)).toBe(3);
    expect(store.dump().get('hedge/paper/counters/n')).toMatchObject({ value: 1 });
  });

  it('gives up with ContentionError after five runs', async () => {
    const attempts: number[] = [];
    const store = aStore({ rerun: (attempt) => attempts.push(attempt) > 0 });
    await expect(countedIncrement(store)).rejects.toBeInstanceOf(ContentionError);
    expect(attempts).toEqual([1, 2, 3, 4, 5]);
    expect(store.dump().size).toBe(0);
  });

  it('gives up with ContentionError when others change the document during every run', async () => {
    const store = aStore();
    let runs = 0;
    const losing = store.transact(async (tx) => {
      runs += 1;
      await tx.get({ n: { collection: COUNTERS, id: 'n' } });
      await store.commit((writer) => { writer.set(COUNTERS, 'n', { value: runs }); });
      tx.set(COUNTERS, 'n', { value: -1 });
    });
    await expect(losing).rejects.toBeInstanceOf(ContentionError);
    expect(runs).toBe(5);
    expect(store.dump().get('hedge/paper/counters/n')).toMatchObject({ value: 5 });
  });

  it('re-runs a body that hid from itself that it was overtaken', async () => {
    const store = aStore();
    let runs = 0;
    await store.transact(async (tx) => {
      runs += 1;
      await tx.get({ n: { collection: COUNTERS, id: 'n' } });
      if (runs === 1) await store.commit((writer) => { writer.set(COUNTERS, 'n', { value: 7 }); });
      await tx.get({ m: { collection: COUNTERS, id: 'm' } }).catch(() => null);
      tx.set(COUNTERS, 'seen', { value: runs });
    });
    expect(store.dump().get('hedge/paper/counters/seen')).toMatchObject({ value: 2 });
  });

  it('repeats an increment whose commit succeeded but was reported as failed', async () => {
    const faults = ['failAfter', 'failAfter', 'none'] as const;
    let commits = 0;
    const store = aStore({ commitFault: () => faults[commits++] ?? 'none' });
    expect(await countedIncrement(store)).toBe(3);
    expect(store.dump().get('hedge/paper/counters/n')).toMatchObject({ value: 3 });
  });

  it('reports an unknown outcome when the last run failed after its commit', async () => {
    const store = aStore({ commitFault: () => 'failAfter' });
    await expect(countedIncrement(store)).rejects.toBeInstanceOf(CommitFaultError);
    expect(store.dump().get('hedge/paper/counters/n')).toMatchObject({ value: 5 });
  });
});

describe('a query by equality', () => {
  it('follows every later write, once it has been asked', async () => {
    const store = aStore();
    const open = async (): Promise<readonly string[]> =>
      (await store.query({ collection: JOBS, where: [{ field: 'state', op: '==', value: 'open' }], limit: 10 })).map(({ id }) => id);
    await store.commit((writer) => { for (const id of ['a', 'b', 'c']) writer.set(JOBS, id, aJob()); });
    expect(await open()).toEqual(['a', 'b', 'c']);
    await store.commit((writer) => { writer.set(JOBS, 'b', aJob({ state: 'done' })); writer.delete(JOBS, 'c'); writer.create(JOBS, 'd', aJob()); });
    expect(await open()).toEqual(['a', 'd']);
    await store.commit((writer) => { writer.set(JOBS, 'b', aJob({ dueAt: 5 })); });
    expect(await open()).toEqual(['a', 'b', 'd']);
    await store.commit((writer) => { for (const id of ['a', 'b', 'd']) writer.delete(JOBS, id); });
    expect(await open()).toEqual([]);
  });
});

describe('a query by comparison', () => {
  it('follows every later write, once it has been asked', async () => {
    const store = aStore();
    const ended = async (from: number, before: number): Promise<readonly string[]> =>
      (await store.query({ collection: TIMELINES, where: [{ field: 'endedAt', op: '>=', value: from }, { field: 'endedAt', op: '<', value: before }], limit: 10 })).map(({ id }) => id);
    await store.commit((writer) => { for (const [id, endedAt] of [['d', 40], ['a', 10], ['b', 20], ['c', 20], ['none', null]] as const) writer.set(TIMELINES, id, aTimeline({ endedAt })); });
    expect(await ended(10, 40)).toEqual(['a', 'b', 'c']);
    await store.commit((writer) => { writer.set(TIMELINES, 'a', aTimeline({ endedAt: 50 })); writer.delete(TIMELINES, 'c'); writer.create(TIMELINES, 'e', aTimeline({ endedAt: 15 })); writer.set(TIMELINES, 'none', aTimeline({ endedAt: 30 })); });
    expect(await ended(10, 40)).toEqual(['e', 'b', 'none']);
    expect(await ended(10, 41)).toEqual(['e', 'b', 'none', 'd']);
    await store.commit((writer) => { writer.set(TIMELINES, 'b', aTimeline({ endedAt: null })); writer.set(TIMELINES, 'd', aTimeline({ endedAt: 40, elapsedMs: 7 })); });
    expect(await ended(1, 100)).toEqual(['e', 'none', 'd', 'a']);
    await store.commit((writer) => { for (const id of ['a', 'b', 'd', 'e', 'none']) writer.delete(TIMELINES, id); });
    expect(await ended(1, 100)).toEqual([]);
  });

  it('finds the same between strict bounds as between inclusive ones, less the bounds', async () => {
    const store = aStore();
    await store.commit((writer) => { for (const dueAt of [10, 20, 30, 40]) writer.set(JOBS, `at-${dueAt}`, aJob({ dueAt })); });
    const found = async (above: '>' | '>=', below: '<' | '<='): Promise<readonly string[]> =>
      (await store.query({ collection: JOBS, where: [{ field: 'dueAt', op: above, value: 10 }, { field: 'dueAt', op: below, value: 40 }, { field: 'dueAt', op: '<=', value: 35 }], limit: 10 })).map(({ id }) => id);
    expect(await found('>', '<')).toEqual(['at-20', 'at-30']);
    expect(await found('>=', '<=')).toEqual(['at-10', 'at-20', 'at-30']);
  });
});

describe('stored values', () => {
  it('are frozen to the bottom, so that no reader can change the store', async () => {
    const store = aStore();
    await store.commit((writer) => { writer.set(SLOTS, 'desk', { free: 1, holders: ['a'] }); });
    const { desk } = await store.get({ desk: { collection: SLOTS, id: 'desk' } });
    expect(() => desk?.holders.push('b')).toThrow(TypeError);
    expect(store.dump().get('hedge/paper/slots/desk')).toMatchObject({ holders: ['a'] });
  });

  it('can be written again as a changed copy of what was read', async () => {
    const store = aStore();
    await store.commit((writer) => { writer.set(SLOTS, 'desk', { free: 1, holders: ['a'] }); });
    await store.transact(async (tx) => {
      const { desk } = await tx.get({ desk: { collection: SLOTS, id: 'desk' } });
      if (desk !== null) tx.set(SLOTS, 'desk', { ...desk, free: 0 });
    });
    expect(store.dump().get('hedge/paper/slots/desk')).toMatchObject({ free: 0, holders: ['a'] });
  });

  it('are shown by dump with their stamp, by path', async () => {
    const store = aStore();
    await store.commit((writer) => { writer.set(COUNTERS, 'n', { value: 1 }); });
    expect([...store.dump()]).toEqual([
      [
        'hedge/paper/counters/n',
        { value: 1, schemaVersion: 1, engineVersion: '0.1.0-test', configHash: 'c0ffee', flags: 'intel, routerAutotune', runId: 'run-1', updatedAt: WRITTEN_AT },
      ],
    ]);
  });

  it('pass unchecked and uncopied when validation is off', async () => {
    const store = aStore({ validate: false });
    const half = { value: 0.5 };
    await store.commit((writer) => { writer.set(COUNTERS, 'n', half); });
    expect((await store.get({ n: { collection: COUNTERS, id: 'n' } })).n).toBe(half);
  });
});
