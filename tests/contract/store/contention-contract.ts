import { describe, expect, it } from 'vitest';
import { ContentionError, type Store } from '../../../functions/src/ports/store.ts';
import { increment, setCounter, valueOf } from './counter-steps.ts';
import { COUNTERS, SLOTS } from './records.ts';
import type { OpenStore } from './store-contract.ts';

/** What a caller does about contention: try again until it is done. */
async function persistently(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ContentionError)) throw error;
    await persistently(work);
  }
}

async function takeSlot(store: Store, holder: string): Promise<boolean> {
  return store.transact(async (tx) => {
    const { slots } = await tx.get({ slots: { collection: SLOTS, id: 'desk' } });
    if (slots === null || slots.free === 0) return false;
    tx.set(SLOTS, 'desk', { free: slots.free - 1, holders: [...slots.holders, holder] });
    return true;
  });
}

export function describeContention(open: OpenStore): void {
  describe('concurrent transactions', () => {
    it('re-runs a body whose document was changed by another commit before its own', async () => {
      const { store } = await open();
      await setCounter(store, 'one', 0);
      await Promise.all([increment(store, 'one'), increment(store, 'one'), increment(store, 'one')]);
      expect(await valueOf(store, 'one')).toBe(3);
    });

    it('loses none of 20 concurrent increments', async () => {
      const { store } = await open();
      await setCounter(store, 'one', 0);
      await Promise.all(Array.from({ length: 20 }, async () => persistently(async () => increment(store, 'one'))));
      expect(await valueOf(store, 'one')).toBe(20);
    });

    it('gives the last slot to exactly one of 20 that want it', async () => {
      const { store } = await open();
      await store.commit((writer) => { writer.set(SLOTS, 'desk', { free: 1, holders: [] }); });
      const wants = Array.from({ length: 20 }, (_, index) => `worker-${String(index)}`);
      const taken: string[] = [];
      await Promise.all(
        wants.map(async (holder) =>
          persistently(async () => {
            if (await takeSlot(store, holder)) taken.push(holder);
          }),
        ),
      );
      expect(taken).toHaveLength(1);
      const { desk } = await store.get({ desk: { collection: SLOTS, id: 'desk' } });
      expect(desk).toEqual({ free: 0, holders: taken });
    });

    it('lets exactly one of two concurrent creates of the same id through', async () => {
      const { store } = await open();
      const claims = await Promise.allSettled(
        [1, 2].map(async (value) => store.commit((writer) => { writer.create(COUNTERS, 'claim', { value }); })),
      );
      expect(claims.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    });

    it('prevents write skew: two that each read both and write one cannot both pass', async () => {
      const { store } = await open();
      await setCounter(store, 'left', 1);
      await setCounter(store, 'right', 1);
      const giveUp = async (mine: string): Promise<void> =>
        store.transact(async (tx) => {
          const sum = (await valueOf(tx, 'left')) + (await valueOf(tx, 'right'));
          if (sum > 1) tx.set(COUNTERS, mine, { value: 0 });
        });
      await Promise.all([persistently(async () => giveUp('left')), persistently(async () => giveUp('right'))]);
      expect((await valueOf(store, 'left')) + (await valueOf(store, 'right'))).toBe(1);
    });

    it('shows a body one state only, whatever commits between its reads', async () => {
      const { store } = await open();
      const move = async (step: number): Promise<void> =>
        persistently(async () =>
          store.transact(async (tx) => {
            const { left, right } = await tx.get({
              left: { collection: COUNTERS, id: 'left' },
              right: { collection: COUNTERS, id: 'right' },
            });
            tx.set(COUNTERS, 'left', { value: (left?.value ?? 0) - step });
            tx.set(COUNTERS, 'right', { value: (right?.value ?? 0) + step });
          }),
        );
      await setCounter(store, 'left', 0);
      await setCounter(store, 'right', 0);
      const sums: number[] = [];
      const look = async (): Promise<void> =>
        persistently(async () =>
          store.transact(async (tx) => {
            sums.push((await valueOf(tx, 'left')) + (await valueOf(tx, 'right')));
          }),
        );
      await Promise.all([move(1), look(), move(2), look(), move(3), look()]);
      expect(new Set(sums)).toEqual(new Set([0]));
      expect(await valueOf(store, 'right')).toBe(6);
    });

    it('re-runs a body that found nothing when the document appears before its commit', async () => {
      const { store } = await open();
      const claim = async (holder: number): Promise<boolean> =>
        store.transact(async (tx) => {
          const { owner } = await tx.get({ owner: { collection: COUNTERS, id: 'owner' } });
          if (owner !== null) return owner.value === holder;
          tx.set(COUNTERS, 'owner', { value: holder });
          return true;
        });
      const claimed = await Promise.all([1, 2, 3].map(claim));
      expect(claimed.filter(Boolean)).toHaveLength(1);
    });
  });
}
