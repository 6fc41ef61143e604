import { afterAll, describe, expect, it } from 'vitest';
import { Timestamp } from '@google-cloud/firestore';
import { status } from '@grpc/grpc-js';
import { openHost } from './host.ts';

const host = await openHost();
const { db } = host;
const other = host.newClient();
const docs = db.collection('transactions');
afterAll(() => host.close());

const countOf = async (path: string): Promise<unknown> => (await db.doc(path).get()).get('n');

describe('a transaction', () => {
  it('returns what its body returns', async () => {
    await docs.doc('result').set({ n: 1 });
    const result = await db.runTransaction(async (tx) => (await tx.get(docs.doc('result'))).data());
    expect(result).toEqual({ n: 1 });
  });

  it('writes without having read', async () => {
    await db.runTransaction(async (tx) => {
      tx.set(docs.doc('blind'), { n: 1 });
      await Promise.resolve();
    });
    expect(await countOf('transactions/blind')).toBe(1);
  });

  it('creates, updates and deletes at one time', async () => {
    await docs.doc('one-b').set({ n: 1 });
    await docs.doc('one-c').set({ n: 1 });
    await db.runTransaction(async (tx) => {
      await tx.getAll(docs.doc('one-a'), docs.doc('one-b'));
      tx.create(docs.doc('one-a'), { n: 1 }).update(docs.doc('one-b'), { n: 2 }).delete(docs.doc('one-c'));
    });
    const [a, b, c] = await db.getAll(docs.doc('one-a'), docs.doc('one-b'), docs.doc('one-c'));
    expect(a?.updateTime?.isEqual(b?.updateTime ?? new Timestamp(0, 0))).toBe(true);
    expect(c?.exists).toBe(false);
  });

  it('writes nothing when its body throws', async () => {
    await docs.doc('thrown').set({ n: 1 });
    const thrown = db.runTransaction(async (tx) => {
      await tx.get(docs.doc('thrown'));
      tx.update(docs.doc('thrown'), { n: 2 });
      throw new Error('no');
    });
    await expect(thrown).rejects.toThrow('no');
    expect(await countOf('transactions/thrown')).toBe(1);
  });

  it('gives back its locks when its body throws', async () => {
    await docs.doc('released').set({ n: 1 });
    const thrown = db.runTransaction(async (tx) => {
      await tx.get(docs.doc('released'));
      throw new Error('no');
    });
    await expect(thrown).rejects.toThrow('no');
    await other.doc('transactions/released').update({ n: 2 });
    expect(await countOf('transactions/released')).toBe(2);
  });

  it('fails as a whole when a precondition fails', async () => {
    await docs.doc('taken').set({ n: 1 });
    const failed = db.runTransaction(async (tx) => {
      await tx.get(docs.doc('free'));
      tx.set(docs.doc('free'), { n: 1 }).create(docs.doc('taken'), { n: 2 });
    });
    await expect(failed).rejects.toMatchObject({ code: status.ALREADY_EXISTS });
    expect((await docs.doc('free').get()).exists).toBe(false);
  });

  it('can be run again after its first read failed', async () => {
    const tooMany = docs.where('a', 'in', [1, 2, 3, 4, 5, 6]).where('b', 'in', [1, 2, 3, 4, 5, 6]);
    await expect(db.runTransaction((tx) => tx.get(tooMany))).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
    await db.runTransaction(async (tx) => {
      await tx.get(docs.doc('after-failure'));
      tx.set(docs.doc('after-failure'), { n: 1 });
    });
    expect(await countOf('transactions/after-failure')).toBe(1);
  });

  it('reads several documents in parallel', async () => {
    await Promise.all(['p1', 'p2', 'p3'].map((id) => docs.doc(id).set({ n: 1 })));
    const sum = await db.runTransaction(async (tx) => {
      const read = await Promise.all(['p1', 'p2', 'p3'].map((id) => tx.get(docs.doc(id))));
      return read.length;
    });
    expect(sum).toBe(3);
  });

  it('reads aggregates', async () => {
    await db.collection('aggregated').doc('a').set({ n: 4 });
    const count = await db.runTransaction(async (tx) => (await tx.get(db.collection('aggregated').count())).data().count);
    expect(count).toBe(1);
  });
});

describe('a read-only transaction', () => {
  it('sees one state, whatever is written meanwhile', async () => {
    const [a, b] = [docs.doc('snap-a'), docs.doc('snap-b')];
    await Promise.all([a.set({ n: 1 }), b.set({ n: 1 })]);
    const seen = await db.runTransaction(
      async (tx) => {
        const first: unknown = (await tx.get(a)).get('n');
        await Promise.all([other.doc(a.path).set({ n: 2 }), other.doc(b.path).delete()]);
        return [first, (await tx.get(a)).get('n'), (await tx.get(b)).get('n')];
      },
      { readOnly: true },
    );
    expect(seen).toEqual([1, 1, 1]);
    expect((await b.get()).exists).toBe(false);
  });

  it('sees one state in queries too', async () => {
    const items = db.collection('snap-items');
    await items.doc('1').set({ n: 1 });
    const sizes = await db.runTransaction(
      async (tx) => {
        const before = (await tx.get(items)).size;
        await other.collection('snap-items').doc('2').set({ n: 2 });
        return [before, (await tx.get(items)).size];
      },
      { readOnly: true },
    );
    expect(sizes).toEqual([1, 1]);
  });

  it('reads the state at a time in the past', async () => {
    const ref = docs.doc('past');
    const { writeTime } = await ref.set({ n: 1 });
    await ref.set({ n: 2 });
    const read = db.runTransaction(async (tx) => (await tx.get(ref)).get('n'), { readOnly: true, readTime: writeTime });
    expect(await read).toBe(1);
  });

  it('does not block writers', async () => {
    const ref = docs.doc('unblocked');
    await ref.set({ n: 1 });
    await db.runTransaction(
      async (tx) => {
        await tx.get(ref);
        await other.doc(ref.path).set({ n: 2 });
      },
      { readOnly: true },
    );
    expect(await countOf(ref.path)).toBe(2);
  });
});
