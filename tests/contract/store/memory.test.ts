import { describe } from 'vitest';
import { createMemoryStore, type CommitFault } from '../../../functions/src/adapters/store-memory/memory-store.ts';
import { TEST_STAMP } from './records.ts';
import { declareStoreContract } from './store-contract.ts';

describe('the store in memory', () => {
  declareStoreContract(async () => {
    const namespace = 'paper';
    let nextFault: CommitFault = 'none';
    const commitFault = (): CommitFault => {
      const fault = nextFault;
      nextFault = 'none';
      return fault;
    };
    const store = createMemoryStore({ namespace, stamp: TEST_STAMP, commitFault });
    return Promise.resolve({
      store,
      namespace,
      raw: async (path) => Promise.resolve(store.dump().get(path) ?? null),
      rawTime: (ms) => ms,
      failNextCommit: (when) => {
        nextFault = when;
      },
    });
  });
});
