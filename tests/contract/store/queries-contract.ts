import { describe, expect, it } from 'vitest';
import type { Query, Store } from '../../../functions/src/ports/store.ts';
import { JOBS, TIMELINES, WRITTEN_AT, aJob, aTimeline, type Job } from './records.ts';
import type { OpenStore } from './store-contract.ts';

const T = 1_763_700_000_000;
const JOB_BY_ID: Readonly<Record<string, Job>> = {
  a: aJob({ rank: 3, dueAt: T + 30, note: 'z', owner: 'x' }),
  b: aJob({ rank: 1, dueAt: T + 10 }),
  c: aJob({ rank: 2, dueAt: T + 20, state: 'done', note: 'y' }),
  d: aJob({ rank: 2, dueAt: T + 20, lease: { holder: 'w1', expiresAt: T + 500 } }),
  e: aJob({ rank: 5, dueAt: T + 50, note: '', owner: 'x', lease: { holder: 'w2', expiresAt: T + 600 } }),
};

type Parts = Partial<Omit<Query<Job>, 'collection'>>;

const CASES: readonly (readonly [what: string, parts: Parts, ids: string])[] = [
  ['everything by id without filter and order', {}, 'abcde'],
  ['equality on text', { where: [{ field: 'state', op: '==', value: 'open' }] }, 'abde'],
  ['equality on null', { where: [{ field: 'owner', op: '==', value: null }] }, 'bcd'],
  ['equality on a missing field: never', { where: [{ field: 'note', op: '==', value: null }] }, ''],
  ['equality with a value of another kind: never', { where: [{ field: 'rank', op: '==', value: '2' }] }, ''],
  ['two equalities', { where: [{ field: 'state', op: '==', value: 'open' }, { field: 'rank', op: '==', value: 2 }] }, 'd'],
  ['less than', { where: [{ field: 'rank', op: '<', value: 2 }] }, 'b'],
  ['at most, ordered by the compared field', { where: [{ field: 'rank', op: '<=', value: 3 }] }, 'bcda'],
  ['more than', { where: [{ field: 'rank', op: '>', value: 2 }] }, 'ae'],
  ['at least', { where: [{ field: 'rank', op: '>=', value: 3 }] }, 'ae'],
  ['a range', { where: [{ field: 'rank', op: '>=', value: 2 }, { field: 'rank', op: '<', value: 5 }] }, 'cda'],
  ['an inequality with a value of another kind: never', { where: [{ field: 'rank', op: '<', value: '9' }] }, ''],
  ['an inequality leaves out documents without the field', { where: [{ field: 'note', op: '>=', value: '' }] }, 'eca'],
  ['a list of wanted values', { where: [{ field: 'rank', op: 'in', value: [5, 1, 9] }] }, 'be'],
  ['a time', { where: [{ field: 'dueAt', op: '==', value: T + 20 }] }, 'cd'],
  ['times up to and including one', { where: [{ field: 'dueAt', op: '<=', value: T + 20 }] }, 'bcd'],
  ['times in a list', { where: [{ field: 'dueAt', op: 'in', value: [T + 10, T + 50] }] }, 'be'],
  ['a time inside a map', { where: [{ field: 'lease.expiresAt', op: '>', value: T + 500 }] }, 'e'],
  ['text inside a map', { where: [{ field: 'lease.holder', op: '==', value: 'w1' }] }, 'd'],
  ['the stamp', { where: [{ field: 'updatedAt', op: '>=', value: WRITTEN_AT }] }, 'abcde'],
  ['ascending order, ties by id', { orderBy: [{ field: 'rank', direction: 'asc' }] }, 'bcdae'],
  ['descending order, ties by descending id', { orderBy: [{ field: 'rank', direction: 'desc' }] }, 'eadcb'],
  ['null before text', { orderBy: [{ field: 'owner', direction: 'asc' }] }, 'bcdae'],
  ['order leaves out documents without the field', { orderBy: [{ field: 'note', direction: 'desc' }] }, 'ace'],
  ['a limit on the ordered result', { orderBy: [{ field: 'dueAt', direction: 'desc' }], limit: 2 }, 'ea'],
  [
    'equality, inequality, order and limit together, as the sweep asks',
    {
      where: [{ field: 'state', op: '==', value: 'open' }, { field: 'dueAt', op: '<=', value: T + 40 }],
      orderBy: [{ field: 'dueAt', direction: 'asc' }],
      limit: 2,
    },
    'bd',
  ],
  [
    'order by two fields',
    { orderBy: [{ field: 'state', direction: 'desc' }, { field: 'rank', direction: 'desc' }] },
    'eadbc',
  ],
];

async function storeWithJobs(open: OpenStore): Promise<Store> {
  const { store } = await open();
  await store.commit((writer) => {
    for (const [id, job] of Object.entries(JOB_BY_ID)) writer.create(JOBS, id, job);
  });
  return store;
}

export function describeQueries(open: OpenStore): void {
  describe('queries', () => {
    it.each(CASES)('finds %s', async (_what, parts, ids) => {
      const store = await storeWithJobs(open);
      const found = await store.query({ collection: JOBS, where: [], limit: 100, ...parts });
      expect(found.map(({ id }) => id).join('')).toBe(ids);
      expect(found.map(({ data }) => data)).toEqual(Array.from(ids, (id) => JOB_BY_ID[id]));
    });

    it('orders text by its bytes', async () => {
      const { store } = await open();
      const owners = ['B', 'a', 'ab', 'é', '\uFF5E', '😀', '', 'Z'];
      await store.commit((writer) => {
        for (const [index, owner] of owners.entries()) writer.create(JOBS, `job-${String(index)}`, aJob({ owner }));
      });
      const found = await store.query({
        collection: JOBS,
        where: [],
        orderBy: [{ field: 'owner', direction: 'asc' }],
        limit: 10,
      });
      expect(found.map(({ data }) => data.owner)).toEqual(['', 'B', 'Z', 'a', 'ab', 'é', '\uFF5E', '😀']);
    });

    it('finds nothing in an empty collection, nor in another namespace\'s or collection\'s documents', async () => {
      const store = await storeWithJobs(open);
      const other = await open();
      expect(await store.query({ collection: TIMELINES, where: [], limit: 1 })).toEqual([]);
      expect(await other.store.query({ collection: JOBS, where: [], limit: 1 })).toEqual([]);
    });

    it('no longer finds what was deleted or changed', async () => {
      const store = await storeWithJobs(open);
      await store.commit((writer) => {
        writer.delete(JOBS, 'b');
        writer.set(JOBS, 'd', aJob({ state: 'done' }));
      });
      const found = await store.query({ collection: JOBS, where: [{ field: 'state', op: '==', value: 'open' }], limit: 9 });
      expect(found.map(({ id }) => id)).toEqual(['a', 'e']);
    });

    it('compares times inside maps of times', async () => {
      const { store } = await open();
      await store.commit((writer) => { writer.create(TIMELINES, 'one', aTimeline()); });
      const found = await store.query({
        collection: TIMELINES,
        where: [{ field: 'lastFillAtBySymbol.BTCUSDT', op: '==', value: 1_763_700_000_009 }],
        limit: 1,
      });
      expect(found).toEqual([{ id: 'one', data: aTimeline() }]);
    });

    it.each([
      ['no limit', { limit: 0 }, /limit is 0/],
      ['a fractional limit', { limit: 1.5 }, /limit is 1\.5/],
      ['an empty list', { where: [{ field: 'rank', op: 'in', value: [] }] }, /"rank in" needs a list of 1 to 30/],
      ['31 wanted values', { where: [{ field: 'rank', op: 'in', value: Array.from({ length: 31 }, (_, n) => n) }] }, /1 to 30/],
      ['an inequality with null', { where: [{ field: 'owner', op: '<', value: null }] }, /"owner <" cannot compare with null/],
      ['a value that is no scalar', { where: [{ field: 'lease', op: '==', value: {} }] }, /"lease ==" compares with a object/],
      ['undefined', { where: [{ field: 'owner', op: '==', value: undefined }] }, /compares with a undefined/],
      ['a fraction of a millisecond', { where: [{ field: 'dueAt', op: '==', value: 0.5 }] }, /"dueAt ==" is 0\.5, which is no time/],
    ] satisfies readonly (readonly [string, Parts, RegExp])[])('refuses %s', async (_what, parts, message) => {
      const { store } = await open();
      await expect(store.query({ collection: JOBS, where: [], limit: 1, ...parts })).rejects.toThrow(message);
    });
  });
}
