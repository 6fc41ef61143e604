// A store whose next calls can be made to fail, before or after they took effect.
import type { Store } from '../../../functions/src/ports/store.ts';

export type StoreFault = { readonly of: 'get' | 'transact'; readonly when: 'before' | 'after' };

export interface FaultyStore {
  readonly store: Store;
  readonly failNext: (fault: StoreFault) => void;
}

export function faultyStore(inner: Store): FaultyStore {
  let faults: StoreFault[] = [];
  const strike = (of: StoreFault['of'], when: StoreFault['when']): void => {
    const fault = faults.find((armed) => armed.of === of && armed.when === when);
    if (fault === undefined) return;
    faults = faults.filter((armed) => armed !== fault);
    throw new Error(`the connection was lost ${when} ${of}`);
  };
  return {
    failNext: (fault) => faults.push(fault),
    store: {
      async get(wanted) {
        strike('get', 'before');
        return inner.get(wanted);
      },
      query: (query) => inner.query(query),
      commit: (write) => inner.commit(write),
      async transact(body) {
        strike('transact', 'before');
        const result = await inner.transact(body);
        strike('transact', 'after');
        return result;
      },
    },
  };
}
