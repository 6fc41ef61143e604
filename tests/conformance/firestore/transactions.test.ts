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

describe('concurrent transactions', () => {
  it('lose no increment on one document', async () => {
    const ref = docs.doc('counter');
    await ref.set({ n: 0 });
    const increment = (client: typeof db): Promise<void> =>
      client.runTransaction(async (tx) => {
        const n = Number((await tx.get(client.doc(ref.path))).get('n'));
        tx.update(client.doc(ref.path), { n: n + 1 });
      });
    await Promise.all(Array.from({ length: 20 }, (_, n) => increment(n % 2 === 0 ? db : other)));
    expect(await countOf(ref.path)).toBe(20);
  });

  it('lose no creation of the same document', async () => {
    const ref = docs.doc('first-wins');
    const claim = (): Promise<string> =>
      db.runTransaction(async (tx) => {
        if ((await tx.get(ref)).exists) return 'lost';
        tx.create(ref, { n: 1 });
        return 'won';
      });
    const results = await Promise.all([claim(), claim(), claim(), claim()]);
    expect(results.filter((result) => result === 'won')).toHaveLength(1);
  });

  it('show no write skew: two that each read both documents cannot both write', async () => {
    const [a, b] = [docs.doc('skew-a'), docs.doc('skew-b')];
    await Promise.all([a.set({ on: true }), b.set({ on: true })]);
    const switchOff = (ref: typeof a): Promise<void> =>
      db.runTransaction(async (tx) => {
        const on = (await tx.getAll(a, b)).filter((snapshot) => snapshot.get('on') === true);
        if (on.length > 1) tx.update(ref, { on: false });
      });
    await Promise.all([switchOff(a), switchOff(b)]);
    const left = (await db.getAll(a, b)).filter((snapshot) => snapshot.get('on') === true);
    expect(left).toHaveLength(1);
  });

  it('that read in opposite order end, and both take effect', async () => {
    const [a, b] = [docs.doc('cross-a'), docs.doc('cross-b')];
    await Promise.all([a.set({ n: 0 }), b.set({ n: 0 })]);
    const move = (first: typeof a, second: typeof a): Promise<void> =>
      db.runTransaction(async (tx) => {
        const from = Number((await tx.get(first)).get('n'));
        const to = Number((await tx.get(second)).get('n'));
        tx.update(first, { n: from - 1 }).update(second, { n: to + 1 });
      });
    await Promise.all([move(a, b), move(b, a), move(a, b)]);
    expect([await countOf(a.path), await countOf(b.path)]).toEqual([-1, 1]);
  });

  it('see no phantom: a document that comes to match a query they ran restarts them', async () => {
    const seats = db.collection('seats');
    const book = (): Promise<void> =>
      db.runTransaction(async (tx) => {
        const taken = await tx.get(seats.where('room', '==', 1));
        if (taken.size < 3) tx.create(seats.doc(), { room: 1 });
      });
    await Promise.all([book(), book(), book(), book(), book()]);
    expect((await seats.get()).size).toBe(3);
  });

  it('hold writers outside back until they commit', async () => {
    const ref = docs.doc('outside');
    await ref.set({ n: 1 });
    let write: Promise<unknown> = Promise.resolve();
    await db.runTransaction(async (tx) => {
      const n = Number((await tx.get(ref)).get('n'));
      write = other.doc(ref.path).set({ n: 100 });
      tx.update(ref, { n: n + 1 });
    });
    await write;
    expect(await countOf(ref.path)).toBe(100);
  });

  it('do not hold readers outside back', async () => {
    const ref = docs.doc('readers');
    await ref.set({ n: 1 });
    const seen = await db.runTransaction(async (tx) => {
      await tx.get(ref);
      tx.update(ref, { n: 2 });
      return (await other.doc(ref.path).get()).get('n');
    });
    expect(seen).toBe(1);
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
