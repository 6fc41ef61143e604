import { afterAll, describe, expect, it } from 'vitest';
import { openHost } from './host.ts';

const host = await openHost();
const { db } = host;
const other = host.newClient();
const docs = db.collection('concurrent');
afterAll(() => host.close());

const countOf = async (path: string): Promise<unknown> => (await db.doc(path).get()).get('n');

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
    const meanwhile = await db.runTransaction(async (tx) => {
      const n = Number((await tx.get(ref)).get('n'));
      write = other.doc(ref.path).set({ n: 100 });
      // A read on the same connection is answered after the write has arrived.
      const seen: unknown = (await other.doc(ref.path).get()).get('n');
      tx.update(ref, { n: n + 1 });
      return seen;
    });
    await write;
    expect([meanwhile, await countOf(ref.path)]).toEqual([1, 100]);
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
