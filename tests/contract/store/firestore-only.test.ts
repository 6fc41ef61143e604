/** What only the store in Firestore has: the client's errors, and round trips to count. */
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { getFirestore } from 'firebase-admin/firestore';
import { afterAll, describe, expect, it } from 'vitest';
import { storeErrorFrom } from '../../../functions/src/adapters/store-firestore/client-errors.ts';
import { createFirestoreStore } from '../../../functions/src/adapters/store-firestore/firestore-store.ts';
import { AlreadyExistsError, ContentionError } from '../../../functions/src/ports/store.ts';
import { startFirestoreServer } from '../../../local/firestore/server.ts';
import { COUNTERS, TEST_STAMP } from './records.ts';

const server = await startFirestoreServer({ port: 0 });
process.env['FIRESTORE_EMULATOR_HOST'] = server.host;
const app = initializeApp({ projectId: 'demo-store-round-trips' }, 'store-round-trips');
const store = createFirestoreStore({ namespace: 'paper', stamp: TEST_STAMP, firestore: getFirestore(app) });

afterAll(async () => {
  await deleteApp(app);
  await server.close();
});

const WANTED = { a: { collection: COUNTERS, id: 'a' }, b: { collection: COUNTERS, id: 'b' } };

describe('round trips', () => {
  it('PLACEHOLDER', () => {
    expect(server.counters()).toEqual({});
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

  it.each([new Error('plain'), clientError(14, 'unavailable'), clientError(6, 'raised by a body that created nothing'), 'text'])(
    'passes anything else through: %s',
    (error) => {
      expect(storeErrorFrom(error, [])).toBe(error);
    },
  );
});
