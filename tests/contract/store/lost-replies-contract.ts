import { describe, expect, it } from 'vitest';
import { COUNTERS } from './records.ts';
import type { OpenStore } from './store-contract.ts';

export function describeLostReplies(open: OpenStore): void {
  describe('commits whose reply is lost', () => {
    it('re-runs a body, which sees its own effect when the commit had succeeded', async () => {
      const { store, failNextCommit } = await open();
      failNextCommit('failAfter');
      const seen: (number | null)[] = [];
      await store.transact(async (tx) => {
        const { mine } = await tx.get({ mine: { collection: COUNTERS, id: 'mine' } });
        seen.push(mine?.value ?? null);
        if (mine === null) tx.create(COUNTERS, 'mine', { value: 1 });
      });
      expect(seen).toEqual([null, 1]);
      expect(await store.get({ mine: { collection: COUNTERS, id: 'mine' } })).toEqual({ mine: { value: 1 } });
    });

    it('re-runs a body, which sees the old state when the commit had not succeeded', async () => {
      const { store, failNextCommit } = await open();
      failNextCommit('failBefore');
      const seen: (number | null)[] = [];
      await store.transact(async (tx) => {
        const { mine } = await tx.get({ mine: { collection: COUNTERS, id: 'mine' } });
        seen.push(mine?.value ?? null);
        tx.set(COUNTERS, 'mine', { value: (mine?.value ?? 0) + 1 });
      });
      expect(seen).toEqual([null, null]);
      expect(await store.get({ mine: { collection: COUNTERS, id: 'mine' } })).toEqual({ mine: { value: 1 } });
    });

    it.each([
      ['failBefore' as const, null],
      ['failAfter' as const, { value: 1 }],
    ])('throws from a commit without reads: %s leaves %o', async (when, left) => {
      const { store, failNextCommit } = await open();
      failNextCommit(when);
      const committing = store.commit((writer) => { writer.create(COUNTERS, 'mine', { value: 1 }); });
      await expect(committing).rejects.toThrow(/connection lost|outcome of the commit is unknown/);
      expect(await store.get({ mine: { collection: COUNTERS, id: 'mine' } })).toEqual({ mine: left });
    });
  });
}
