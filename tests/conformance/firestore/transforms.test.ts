import { afterAll, describe, expect, it } from 'vitest';
import { FieldValue, Firestore, Timestamp } from '@google-cloud/firestore';
import { openHost } from './host.ts';

const host = await openHost();
const { db } = host;
const docs = db.collection('transforms');
afterAll(() => host.close());

async function transformed(before: Record<string, unknown>, change: Record<string, unknown>): Promise<unknown> {
  const ref = docs.doc();
  await ref.set(before);
  await ref.update(change);
  return (await ref.get()).data();
}

describe('serverTimestamp', () => {
  it('is the time of the commit, the same for all fields, in milliseconds', async () => {
    const ref = docs.doc('now');
    const { writeTime } = await ref.set({ a: FieldValue.serverTimestamp(), b: { c: FieldValue.serverTimestamp() } });
    const snapshot = await ref.get();
    const time: unknown = snapshot.get('a');
    expect(time).toEqual(snapshot.get('b.c'));
    expect(time).toEqual(Timestamp.fromMillis(writeTime.toMillis()));
  });

  it('overwrites what was there, whatever its type', async () => {
    const ref = docs.doc('now-over');
    await ref.set({ a: [1] });
    await ref.update({ a: FieldValue.serverTimestamp() });
    expect((await ref.get()).get('a')).toBeInstanceOf(Timestamp);
  });

  it('creates the document with set and merge', async () => {
    const ref = docs.doc('now-merge');
    await ref.set({ a: FieldValue.serverTimestamp() }, { merge: true });
    expect((await ref.get()).get('a')).toBeInstanceOf(Timestamp);
  });
});

describe('increment', () => {
  it.each([
    ['adds to an integer', { n: 5 }, 3, { n: 8 }],
    ['subtracts', { n: 5 }, -7, { n: -2 }],
    ['adds to a double', { n: 0.5 }, 1, { n: 1.5 }],
    ['makes an integer a double', { n: 1 }, 0.25, { n: 1.25 }],
    ['starts an absent field at the operand', {}, 4, { n: 4 }],
    ['replaces what is no number', { n: 'text' }, 4, { n: 4 }],
    ['keeps NaN', { n: Number.NaN }, 4, { n: Number.NaN }],
  ])('%s', async (_name, before, by, after) => {
    expect(await transformed(before, { n: FieldValue.increment(by) })).toEqual(after);
  });

  it('works on a nested field and leaves its siblings', async () => {
    expect(await transformed({ a: { n: 1, m: 2 } }, { 'a.n': FieldValue.increment(1) })).toEqual({ a: { n: 2, m: 2 } });
  });

  it('stops at the largest integer', async () => {
    const client = new Firestore({ projectId: host.projectId, useBigInt: true });
    await client.doc('transforms/wide').set({ n: 9_223_372_036_854_775_806n });
    await client.doc('transforms/wide').update({ n: FieldValue.increment(10) });
    expect((await client.doc('transforms/wide').get()).get('n')).toBe(9_223_372_036_854_775_807n);
    await client.terminate();
  });

  it('loses nothing when many clients increment at once', async () => {
    const ref = docs.doc('many');
    await ref.set({ n: 0 });
    await Promise.all(Array.from({ length: 50 }, () => ref.update({ n: FieldValue.increment(1) })));
    expect((await ref.get()).get('n')).toBe(50);
  });
});

describe('arrayUnion', () => {
  it.each([
    ['appends what is missing, once', { a: [1, 2] }, [2, 3, 3], { a: [1, 2, 3] }],
    ['keeps duplicates that were there', { a: [1, 1] }, [1], { a: [1, 1] }],
    ['starts an absent field', {}, [1], { a: [1] }],
    ['replaces what is no array', { a: 'text' }, [1], { a: [1] }],
    ['compares maps by content', { a: [{ b: 1 }] }, [{ b: 1 }, { b: 2 }], { a: [{ b: 1 }, { b: 2 }] }],
    ['finds NaN and null', { a: [Number.NaN, null] }, [Number.NaN, null], { a: [Number.NaN, null] }],
  ])('%s', async (_name, before, elements, after) => {
    expect(await transformed(before, { a: FieldValue.arrayUnion(...elements) })).toEqual(after);
  });
});

describe('arrayRemove', () => {
  it.each([
    ['removes every occurrence', { a: [1, 2, 1] }, [1], { a: [2] }],
    ['ignores what is missing', { a: [1] }, [5], { a: [1] }],
    ['makes an absent field an empty array', {}, [1], { a: [] }],
    ['makes what is no array an empty array', { a: 1 }, [1], { a: [] }],
    ['compares maps by content', { a: [{ b: 1 }, { b: 2 }] }, [{ b: 1 }], { a: [{ b: 2 }] }],
  ])('%s', async (_name, before, elements, after) => {
    expect(await transformed(before, { a: FieldValue.arrayRemove(...elements) })).toEqual(after);
  });
});

describe('several transforms', () => {
  it('work in one write together with plain fields', async () => {
    const ref = docs.doc('several');
    await ref.set({ n: 1, tags: ['a'], gone: true });
    await ref.update({
      n: FieldValue.increment(1),
      tags: FieldValue.arrayUnion('b'),
      gone: FieldValue.delete(),
      plain: 'x',
    });
    expect((await ref.get()).data()).toEqual({ n: 2, tags: ['a', 'b'], plain: 'x' });
  });

  it('on the same document add up within a batch', async () => {
    const ref = docs.doc('batched');
    await ref.set({ n: 1 });
    await db.batch().update(ref, { n: FieldValue.increment(1) }).update(ref, { n: FieldValue.increment(10) }).commit();
    expect((await ref.get()).get('n')).toBe(12);
  });
});
