/** firestore.indexes.json against the sources: every query has its index, and big fields and expiring records are declared. */
import { readFile } from 'node:fs/promises';
import { Firestore } from '@google-cloud/firestore';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createFirestoreStore } from '../../functions/src/adapters/store-firestore/firestore-store.ts';
import type { Collection } from '../../functions/src/schema/collection.ts';
import { startFirestoreServer } from '../../local/firestore/server.ts';
import { inRepository } from '../../scripts/deployable/repository.ts';
import { checkIndexFile } from '../../scripts/deployable/firebase-cli.ts';
import { sourceTexts } from '../../scripts/sources/source-text.ts';
import { exportedCollections, writtenQueries } from '../../scripts/sources/written-queries.ts';
import type { WrittenQuery } from '../../scripts/sources/written-queries.ts';

const indexFile = z.strictObject({
  indexes: z.array(z.unknown()),
  fieldOverrides: z.array(z.strictObject({ collectionGroup: z.string(), fieldPath: z.string(), ttl: z.literal(true).optional(), indexes: z.tuple([]) })),
});

const declared = indexFile.parse(JSON.parse(await readFile(inRepository('firestore.indexes.json'), 'utf8')));
const sources = sourceTexts('functions/src').filter(({ path }) => !path.startsWith('functions/src/adapters/'));
const queries = (await Promise.all(sources.map(writtenQueries))).flat();
const collections = await exportedCollections(sourceTexts('functions/src/schema/records'));

/** A collection below a document is indexed by the last part of its name. */
const key = (collectionName: string, field: string): string => `${collectionName.split('/').at(-1)}.${field}`;

const cleanUp = new AsyncDisposableStack();
afterAll(() => cleanUp.disposeAsync());

/** Runs a query as the engine does, on a database that has these indexes and no others. */
async function runWith(indexes: unknown): Promise<(query: WrittenQuery) => Promise<unknown>> {
  const server = await startFirestoreServer({ port: 0, indexes });
  cleanUp.defer(() => server.close());
  const firestore = new Firestore({ projectId: 'demo-indexes', host: server.host, ssl: false });
  cleanUp.defer(() => firestore.terminate());
  const stamp = { engineVersion: '0.0.0', configHash: 'none', flags: 'none', runId: () => 'indexes', now: () => 0 };
  const store = createFirestoreStore({ namespace: 'paper', stamp, firestore });
  return ({ collection, where, orderBy }) =>
    store.query({ collection, where: where.map(({ field, op }) => ({ field, op, value: op === 'in' ? [1] : 1 })), orderBy, limit: 1 });
}

it('firestore.indexes.json is one that firebase deploy takes', () => {
  expect(() => checkIndexFile(declared)).not.toThrow();
  expect(() => checkIndexFile({ indexes: [], fieldOverrides: [{ collectionGroup: 'ticks' }] })).toThrow(/fieldPath/);
});

describe('every query of the sources', () => {
  let run: Awaited<ReturnType<typeof runWith>>;
  beforeAll(async () => {
    run = await runWith(declared);
  });

  it.each(queries)('has its index: $collection.name at $at', async (query) => {
    await expect(run(query)).resolves.toEqual([]);
  });

  it('is found here, the sweep of the outbox among them', () => {
    expect(queries.map(({ collection, where }) => `${collection.name} ${where.map(({ field }) => field).join(' ')}`)).toContain('outbox state dueAt');
  });

  it('is refused without its index, as in production', async () => {
    const [sweep] = queries.filter(({ where, orderBy }) => new Set(where.map(({ field }) => field)).size > 1 && orderBy.length > 0);
    if (sweep === undefined) throw new Error('no query by two fields was found');
    const bare = await runWith({ indexes: [], fieldOverrides: [] });
    await expect(bare(sweep)).rejects.toThrow(/requires an index/);
  });
});

describe('the exemptions from indexing', () => {
  const exempt = declared.fieldOverrides.map(({ collectionGroup, fieldPath }) => key(collectionGroup, fieldPath)).toSorted();

  it('name every list and map of the records and every time of expiry, and nothing that is not there', () => {
    const fields = collections.flatMap((collection) => fieldsOf(collection).filter(isBigOrExpiry).map(({ name }) => key(collection.name, name)));
    expect(exempt).toEqual([...new Set(fields)].toSorted());
  });

  it('name no field that a query filters or sorts by', () => {
    const used = queries.flatMap(({ collection, where, orderBy }) => [...where, ...orderBy].map(({ field }) => key(collection.name, field)));
    expect(exempt.filter((field) => used.includes(field))).toEqual([]);
  });

  it('let records with a time of expiry expire, and no others', () => {
    const expiring = declared.fieldOverrides.filter(({ ttl }) => ttl === true).map(({ collectionGroup, fieldPath }) => key(collectionGroup, fieldPath));
    expect(expiring.toSorted()).toEqual(['alerts.expireAt', 'learning_days.expireAt', 'refusals.expireAt', 'router_metrics.expireAt', 'routes.expireAt', 'shadow.expireAt', 'signals.expireAt', 'ticks.expireAt', 'vetoes.expireAt']);
  });
});

interface Field {
  readonly name: string;
  readonly schema: z.ZodType;
}

function fieldsOf({ schema }: Collection<unknown>): readonly Field[] {
  if (!(schema instanceof z.ZodObject)) return [];
  const shape = z.record(z.string(), z.instanceof(z.ZodType)).parse(schema.shape);
  return Object.entries(shape).map(([name, field]) => ({ name, schema: field }));
}

function isBigOrExpiry({ name, schema }: Field): boolean {
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) return isBigOrExpiry({ name, schema: z.instanceof(z.ZodType).parse(schema.unwrap()) });
  return name === 'expireAt' || schema instanceof z.ZodArray || schema instanceof z.ZodRecord || schema instanceof z.ZodObject || isLongList(schema);
}

/** A list that is checked in one pass says by its description alone that it is one. */
const isLongList = (schema: unknown): boolean => schema instanceof z.ZodCustom && schema.meta()?.['type'] === 'array';
