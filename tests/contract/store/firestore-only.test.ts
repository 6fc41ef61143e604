/** What only the store in Firestore has: the client's errors, and round trips to count. */
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { getFirestore } from 'firebase-admin/firestore';
import { afterAll, describe, expect, it } from 'vitest';
import { storeErrorFrom } from '../../../functions/src/adapters/store-firestore/client-errors.ts';
import { createFirestoreStore } from '../../../functions/src/adapters/store-firestore/firestore-store.ts';
import { meteredStore } from '../../../functions/src/adapters/store-metered/metered-store.ts';
import { AlreadyExistsError, ContentionError } from '../../../functions/src/ports/store.ts';
import { startFirestoreServer } from '../../../local/firestore/server.ts';
import { abortNextCommit } from './lose-commit-reply.ts';
import { COUNTERS, TEST_STAMP } from './records.ts';

const server = await startFirestoreServer({ port: 0 });
process.env['FIRESTORE_EMULATOR_HOST'] = server.host;
const app = initializeApp({ projectId: 'demo-store-round-trips' }, 'store-round-trips');
const firestore = getFirestore(app);
const store = createFirestoreStore({ namespace: 'paper', stamp: TEST_STAMP, firestore });

afterAll(async () => {
  await deleteApp(app);
  await server.close();
});

const WANTED = { a: { collection: COUNTERS, id: 'a' }, b: { collection: COUNTERS, id: 'b' } };

/** What the server was asked for while `work` ran. */
async function servedDuring(work: () => Promise<unknown>): Promise<ReturnType<typeof server.counters>> {
  const before = server.counters();
  await work();
  const after = server.counters();
  const rpcs = Object.entries(after.rpcs).map(([name, count]) => [name, count - (before.rpcs[name] ?? 0)] as const);
  return {
    reads: after.reads - before.reads,
    writes: after.writes - before.writes,
    deletes: after.deletes - before.deletes,
    rpcs: Object.fromEntries(rpcs.filter(([, count]) => count > 0)),
  };
}

describe('round trips', () => {
  it('a get of several documents is one', async () => {
    const served = await servedDuring(async () => store.get(WANTED));
    expect(served).toEqual({ reads: 2, writes: 0, deletes: 0, rpcs: { BatchGetDocuments: 1 } });
  });

  it('a get of nothing is none', async () => {
    expect((await servedDuring(async () => store.get({}))).rpcs).toEqual({});
  });

  it('a commit of several writes is one, and of no writes none', async () => {
    const served = await servedDuring(async () => {
      await store.commit((writer) => {
        writer.set(COUNTERS, 'a', { value: 1 });
        writer.delete(COUNTERS, 'b');
      });
      await store.commit(() => undefined);
    });
    expect(served).toEqual({ reads: 0, writes: 1, deletes: 1, rpcs: { Commit: 1 } });
  });

  it('a transaction that reads once and writes is two', async () => {
    const served = await servedDuring(async () =>
      store.transact(async (tx) => {
        await tx.get(WANTED);
        tx.set(COUNTERS, 'a', { value: 2 });
      }),
    );
    expect(served).toEqual({ reads: 2, writes: 1, deletes: 0, rpcs: { BatchGetDocuments: 1, Commit: 1 } });
  });

  it('are what the meter reports', async () => {
    const metered = meteredStore(store);
    const served = await servedDuring(async () => {
      await metered.transact(async (tx) => {
        await tx.get(WANTED);
        tx.set(COUNTERS, 'a', { value: 3 });
        tx.delete(COUNTERS, 'b');
      });
      await metered.query({ collection: COUNTERS, where: [{ field: 'value', op: '>', value: 9 }], limit: 1 });
      await metered.get(WANTED);
    });
    expect(metered.cost()).toEqual({
      roundTrips: Object.values(served.rpcs).reduce((sum, count) => sum + count),
      documentsRead: served.reads,
      documentsWritten: served.writes,
      documentsDeleted: served.deletes,
    });
  });
});

const clientError = (code: number, message: string): Error => Object.assign(new Error(message), { code });

describe('errors of the client', () => {
  it('names the created document that the server found taken', () => {
    const error = clientError(6, '6 ALREADY_EXISTS: Document already exists: projects/p/databases/(default)/documents/hedge/x/c/ab');
    const mapped = storeErrorFrom(error, ['hedge/x/c/a', 'hedge/x/c/ab']);
    expect(mapped).toEqual(new AlreadyExistsError('hedge/x/c/ab'));
  });

  it('names all candidates when the server does not say which was taken', () => {
    expect(storeErrorFrom(clientError(6, 'exists'), ['c/a', 'c/b'])).toEqual(new AlreadyExistsError('c/a or c/b'));
  });

  it('turns ABORTED into contention and keeps the cause', () => {
    const aborted = clientError(10, 'too much contention');
    const mapped = storeErrorFrom(aborted, []);
    expect(mapped).toBeInstanceOf(ContentionError);
    expect(mapped).toHaveProperty('cause', aborted);
  });

  it('reports a commit without reads that the server aborts as contention', async () => {
    abortNextCommit(firestore);
    const committing = store.commit((writer) => { writer.set(COUNTERS, 'a', { value: 1 }); });
    await expect(committing).rejects.toBeInstanceOf(ContentionError);
  });

  it.each([new Error('plain'), clientError(14, 'unavailable'), clientError(6, 'raised by a body that created nothing'), 'text'])(
    'passes anything else through: %s',
    (error) => {
      expect(storeErrorFrom(error, [])).toBe(error);
    },
  );
});
