/** Documents read over REST are those that the gRPC client wrote; and nothing can be written. */
import { Timestamp } from '@google-cloud/firestore';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbedded } from './host.ts';

const { host, server } = await startEmbedded({});
const { db, projectId } = host;
afterAll(() => host.close());

const DOCUMENTS = `projects/${projectId}/databases/(default)/documents`;
const at = Timestamp.fromMillis(Date.UTC(2026, 0, 5, 12, 0, 0, 250));

async function post(path: string, body: unknown): Promise<{ readonly status: number; readonly body: unknown }> {
  const response = await fetch(`http://${server.host}/v1/${path}`, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
}

beforeAll(async () => {
  await db.doc('seen/a').set({ text: 'x', whole: 7, big: 9_007_199_254_740_991, ratio: 0.5, on: false, none: null, at, bytes: Buffer.from('hi'), list: ['y', { deep: 1 }], map: { 'odd key': 'z' } });
  await db.doc('seen/b').set({ whole: 9, at: Timestamp.fromMillis(at.toMillis() + 1000) });
});

describe('batchGet', () => {
  it('gives found documents in the JSON form of the API, missing ones by name, and the time of the read', async () => {
    const { status, body } = await post(`${DOCUMENTS}:batchGet`, { documents: [`${DOCUMENTS}/seen/a`, `${DOCUMENTS}/seen/none`] });
    expect(status).toBe(200);
    expect(body).toMatchObject([
      {
        found: {
          name: `${DOCUMENTS}/seen/a`,
          fields: {
            text: { stringValue: 'x' }, whole: { integerValue: '7' }, big: { integerValue: '9007199254740991' }, ratio: { doubleValue: 0.5 }, on: { booleanValue: false }, none: { nullValue: null },
            at: { timestampValue: '2026-01-05T12:00:00.25Z' }, bytes: { bytesValue: 'aGk=' },
            list: { arrayValue: { values: [{ stringValue: 'y' }, { mapValue: { fields: { deep: { integerValue: '1' } } } }] } },
            map: { mapValue: { fields: { 'odd key': { stringValue: 'z' } } } },
          },
        },
        readTime: expect.stringMatching(/Z$/),
      },
      { missing: `${DOCUMENTS}/seen/none` },
    ]);
  });
});

const found = async (structuredQuery: object): Promise<readonly unknown[]> => {
  const { body } = await post(`${DOCUMENTS}:runQuery`, { structuredQuery: { from: [{ collectionId: 'seen' }], ...structuredQuery } });
  const rows: readonly { readonly document?: { readonly name: string } }[] = Array.isArray(body) ? body : [];
  return rows.flatMap(({ document }) => document?.name.split('/').at(-1) ?? []);
};

const whole = (value: string) => ({ integerValue: value });

describe('runQuery', () => {
  it('filters by time, orders and limits', async () => {
    const where = { fieldFilter: { field: { fieldPath: 'at' }, op: 'GREATER_THAN_OR_EQUAL', value: { timestampValue: '2026-01-05T12:00:00.250Z' } } };
    const orderBy = [{ field: { fieldPath: 'at' }, direction: 'DESCENDING' }];
    expect(await found({ where, orderBy })).toEqual(['b', 'a']);
    expect(await found({ where, orderBy, limit: 1 })).toEqual(['b']);
    expect(await found({ where: { fieldFilter: { ...where.fieldFilter, value: { timestampValue: '2026-01-05T12:00:00.251Z' } } }, orderBy })).toEqual(['b']);
  });

  it('knows lists of values and null', async () => {
    expect(await found({ where: { fieldFilter: { field: { fieldPath: 'whole' }, op: 'IN', value: { arrayValue: { values: [whole('9'), whole('1')] } } } } })).toEqual(['b']);
    expect(await found({ where: { unaryFilter: { field: { fieldPath: 'none' }, op: 'IS_NULL' } } })).toEqual(['a']);
  });
});

describe('the REST interface', () => {
  it.each(['commit', 'batchWrite', 'beginTransaction', 'write', 'rollback'])('refuses %s', async (method) => {
    const { status, body } = await post(`${DOCUMENTS}:${method}`, { writes: [{ delete: `${DOCUMENTS}/seen/a` }] });
    expect([status, body]).toEqual([403, { error: expect.objectContaining({ status: 'PERMISSION_DENIED' }) }]);
  });

  it.each(['PATCH', 'DELETE', 'PUT'])('refuses %s of a document, which stays', async (method) => {
    const response = await fetch(`http://${server.host}/v1/${DOCUMENTS}/seen/b`, { method, ...(method === 'DELETE' ? {} : { body: '{}' }) });
    expect(response.status).toBe(403);
    expect((await db.doc('seen/b').get()).exists).toBe(true);
  });

  it('begins no transaction, whatever the body says', async () => {
    const { status } = await post(`${DOCUMENTS}:batchGet`, { documents: [`${DOCUMENTS}/seen/a`], newTransaction: { readWrite: {} } });
    expect(status).toBe(400);
  });

  it.each([['not JSON', '{'], ['a list', '[]'], ['of another type', JSON.stringify({ documents: 7 })]])('says what is wrong with a body that is %s', async (_what, body) => {
    const { status, body: answer } = await post(`${DOCUMENTS}:batchGet`, body);
    expect([status, answer]).toEqual([400, { error: expect.objectContaining({ status: 'INVALID_ARGUMENT' }) }]);
  });

  it('is no cost of the engine: its reads are not counted', async () => {
    const before = server.counters().reads;
    await post(`${DOCUMENTS}:batchGet`, { documents: [`${DOCUMENTS}/seen/a`] });
    expect(server.counters().reads).toBe(before);
  });
});
