import { Firestore } from '@google-cloud/firestore';
import { afterAll, describe } from 'vitest';
import { createFirestoreStore } from '../../../functions/src/adapters/store-firestore/firestore-store.ts';
import { startFirestoreServer } from '../../../local/firestore/server.ts';
import { loseNextCommitReply } from '../../contract/store/lose-commit-reply.ts';
import { TEST_STAMP } from '../../contract/store/records.ts';
import { sharedAccountContract } from './shared-account-contract.ts';

const server = await startFirestoreServer({ port: 0, dataFile: ':memory:' });
const firestore = new Firestore({ projectId: 'demo-paper', host: server.host, ssl: false });

afterAll(async () => {
  await firestore.terminate();
  await server.close();
});

describe('the paper account in Firestore', () => {
  let accounts = 0;
  sharedAccountContract(() => {
    accounts += 1;
    return {
      store: createFirestoreStore({ namespace: `paper~n${accounts}`, stamp: TEST_STAMP, firestore }),
      hasLocks: true,
      loseNextReply: () => {
        loseNextCommitReply(firestore, 'failAfter');
      },
    };
  });
});
