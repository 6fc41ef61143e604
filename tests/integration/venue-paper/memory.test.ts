import { describe } from 'vitest';
import { createMemoryStore } from '../../../functions/src/adapters/store-memory/memory-store.ts';
import { TEST_STAMP } from '../../contract/store/records.ts';
import { sharedAccountContract } from './shared-account-contract.ts';

describe('the paper account in memory', () => {
  sharedAccountContract(() => {
    let replyIsLost = false;
    const store = createMemoryStore({
      namespace: 'paper',
      stamp: TEST_STAMP,
      commitFault() {
        const fault = replyIsLost ? 'failAfter' : 'none';
        replyIsLost = false;
        return fault;
      },
    });
    return {
      store,
      hasLocks: false,
      loseNextReply: () => {
        replyIsLost = true;
      },
    };
  });
});
