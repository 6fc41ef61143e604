import { afterAll, describe, expect, it } from 'vitest';
import { FieldPath, FieldValue } from '@google-cloud/firestore';
import { status } from '@grpc/grpc-js';
import { openHost } from './host.ts';

const host = await openHost();
const { db } = host;
const docs = db.collection('limits');
afterAll(() => host.close());

const MIB = 1_048_576;
const refused = { code: status.INVALID_ARGUMENT };

describe('a document', () => {
  it('may be almost 1 MiB large', async () => {
    await docs.doc('large').set({ text: 'x'.repeat(MIB - 200) });
    expect(String((await docs.doc('large').get()).get('text'))).toHaveLength(MIB - 200);
  });

  it('must not be larger than 1 MiB', async () => {
    await expect(docs.doc('too-large').set({ text: 'x'.repeat(MIB) })).rejects.toMatchObject(refused);
  });

  it('must not grow beyond 1 MiB by an update', async () => {
    await docs.doc('grown').set({ text: 'x'.repeat(MIB / 2) });
    await expect(docs.doc('grown').update({ more: 'x'.repeat(MIB / 2) })).rejects.toMatchObject(refused);
    expect((await docs.doc('grown').get()).get('more')).toBeUndefined();
  });
});

describe('a document id', () => {
  it('may have 1,500 bytes', async () => {
    const ref = docs.doc('i'.repeat(1500));
    await ref.set({ n: 1 });
    expect((await ref.get()).exists).toBe(true);
  });

  it.each([
    ['more than 1,500 bytes', 'i'.repeat(1501)],
    ['more than 1,500 bytes in fewer letters', 'é'.repeat(751)],
    ['two underscores on both sides', '__reserved__'],
    ['a single dot', '.'],
    ['two dots', '..'],
  ])('must not be or have %s', async (_name, id) => {
    await expect(docs.doc(id).set({ n: 1 })).rejects.toMatchObject(refused);
  });

  it('may begin with two underscores only', async () => {
    await docs.doc('__almost').set({ n: 1 });
    expect((await docs.doc('__almost').get()).exists).toBe(true);
  });
});

describe('a field name', () => {
  it('may have 1,500 bytes', async () => {
    await docs.doc('long-field').set({ ['f'.repeat(1500)]: 1 });
    expect((await docs.doc('long-field').get()).get(new FieldPath('f'.repeat(1500)))).toBe(1);
  });

  it('must not have more than 1,500 bytes', async () => {
    await expect(docs.doc('longer-field').set({ ['f'.repeat(1501)]: 1 })).rejects.toMatchObject(refused);
  });

  it('must not have two underscores on both sides, however deep', async () => {
    await expect(docs.doc('reserved').set({ a: { __b__: 1 } })).rejects.toMatchObject(refused);
  });
});

describe('a commit', () => {
  it('must not be larger than 10 MiB', async () => {
    const batch = db.batch();
    for (let n = 0; n < 11; n += 1) batch.set(docs.doc(`part-${n}`), { text: 'x'.repeat(MIB - 200) });
    await expect(batch.commit()).rejects.toMatchObject(refused);
    expect((await docs.doc('part-0').get()).exists).toBe(false);
  });

  it('must not transform more than 500 fields of one document', async () => {
    const fields = Object.fromEntries(Array.from({ length: 501 }, (_, n) => [`f${n}`, FieldValue.increment(1)]));
    await expect(docs.doc('transforms').set(fields)).rejects.toMatchObject(refused);
  });
});
