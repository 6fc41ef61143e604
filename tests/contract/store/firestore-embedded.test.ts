/** Against the embedded server, or against the emulator that FIRESTORE_EMULATOR_HOST names. */
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { Timestamp, getFirestore } from 'firebase-admin/firestore';
import { afterAll, describe } from 'vitest';
import { createFirestoreStore } from '../../../functions/src/adapters/store-firestore/firestore-store.ts';
import { startFirestoreServer } from '../../../local/firestore/server.ts';
import { loseNextCommitReply } from './lose-commit-reply.ts';
import { TEST_STAMP } from './records.ts';
import { declareStoreContract } from './store-contract.ts';

const outside = process.env['FIRESTORE_EMULATOR_HOST'];
const server = outside === undefined ? await startFirestoreServer({ port: 0, dataFile: ':memory:' }) : null;
if (server !== null) process.env['FIRESTORE_EMULATOR_HOST'] = server.host;

const app = initializeApp({ projectId: 'demo-store-contract' }, 'store-contract');
const firestore = getFirestore(app);
const run = `run-${String(process.pid)}-${String(Date.now())}`;
let namespaces = 0;

afterAll(async () => {
  await deleteApp(app);
  await server?.close();
});

describe(`the store in Firestore (${server === null ? 'emulator' : 'embedded'})`, () => {
  declareStoreContract(async () => {
    namespaces += 1;
    const namespace = `${run}-${String(namespaces)}`;
    return Promise.resolve({
      store: createFirestoreStore({ namespace, stamp: TEST_STAMP, firestore }),
      namespace,
      raw: async (path) => (await firestore.doc(path).get()).data() ?? null,
      rawTime: (ms) => Timestamp.fromMillis(ms),
      failNextCommit: (when) => {
        loseNextCommitReply(firestore, when);
      },
    });
  });
});
