import { afterAll, beforeAll, expect, it } from 'vitest';
import { AggregateField } from '@google-cloud/firestore';
import { openHost } from './host.ts';

const host = await openHost();
const { db } = host;
const sales = db.collection('sales');
afterAll(() => host.close());

beforeAll(async () => {
  const batch = db.batch();
  batch.set(sales.doc('1'), { region: 'n', amount: 10, nested: { tax: 1 } });
  batch.set(sales.doc('2'), { region: 'n', amount: 5, nested: { tax: 0.5 } });
  batch.set(sales.doc('3'), { region: 's', amount: 2.5 });
  batch.set(sales.doc('4'), { region: 's', amount: 'unknown' });
  batch.set(sales.doc('5'), { region: 's' });
  await batch.commit();
});

it('count counts all documents of a collection', async () => {
  expect((await sales.count().get()).data().count).toBe(5);
});

it('count counts what a filter finds', async () => {
  expect((await sales.where('region', '==', 'n').count().get()).data().count).toBe(2);
});

it('count respects limit and offset', async () => {
  expect((await sales.limit(2).count().get()).data().count).toBe(2);
  expect((await sales.offset(4).count().get()).data().count).toBe(1);
});

it('count of a collection that does not exist is zero', async () => {
  expect((await db.collection('nothing').count().get()).data().count).toBe(0);
});

it('sum ignores what is no number', async () => {
  expect((await sales.aggregate({ total: AggregateField.sum('amount') }).get()).data().total).toBe(17.5);
});

it('sum of nothing is zero and average of nothing is null', async () => {
  const nothing = db.collection('nothing').aggregate({ total: AggregateField.sum('a'), mean: AggregateField.average('a') });
  expect((await nothing.get()).data()).toEqual({ total: 0, mean: null });
});

it('average ignores what is no number', async () => {
  const query = sales.where('region', '==', 'n').aggregate({ mean: AggregateField.average('amount') });
  expect((await query.get()).data().mean).toBe(7.5);
});

it('sums a nested field', async () => {
  expect((await sales.aggregate({ tax: AggregateField.sum('nested.tax') }).get()).data().tax).toBe(1.5);
});

it('several aggregations see only documents that have all the fields', async () => {
  const query = sales.aggregate({
    count: AggregateField.count(),
    total: AggregateField.sum('amount'),
    tax: AggregateField.sum('nested.tax'),
  });
  expect((await query.get()).data()).toEqual({ count: 2, total: 15, tax: 1.5 });
});

it('sum becomes a double beyond 64 bits', async () => {
  const wide = db.collection('wide');
  await Promise.all(['a', 'b', 'c'].map((id) => wide.doc(id).set({ n: Number.MAX_SAFE_INTEGER })));
  const { total } = (await wide.aggregate({ total: AggregateField.sum('n') }).get()).data();
  expect(total).toBe(Number.MAX_SAFE_INTEGER * 3);
});

it('sum of NaN is NaN', async () => {
  await db.doc('nans/a').set({ n: Number.NaN });
  expect((await db.collection('nans').aggregate({ total: AggregateField.sum('n') }).get()).data().total).toBeNaN();
});
