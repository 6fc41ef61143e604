/** Counts what a run costs at the store, as Firestore bills it. Repeated attempts of a transaction count each time. */
import type { Store, Transaction, Wanted, Writer } from '../../ports/store.ts';

export interface StoreCost {
  readonly roundTrips: number;
  readonly documentsRead: number;
  readonly documentsWritten: number;
}

export interface MeteredStore extends Store {
  /** Since this decorator was made. */
  cost(): StoreCost;
}

export function meteredStore(store: Store): MeteredStore {
  const cost = { roundTrips: 0, documentsRead: 0, documentsWritten: 0 };
  const countRead = (documents: number): void => {
    cost.roundTrips += 1;
    cost.documentsRead += documents;
  };
  return {
    cost: () => ({ ...cost }),
    get: async (wanted) => {
      countRead(size(wanted));
      return store.get(wanted);
    },
    query: async (query) => {
      const found = await store.query(query);
      // A query that finds nothing is billed as one read.
      countRead(Math.max(1, found.length));
      return found;
    },
    commit: async (write) => {
      cost.roundTrips += 1;
      await store.commit((writer) => {
        write(countingWriter(writer, cost));
      });
    },
    transact: async (body) =>
      store.transact(async (tx) => {
        const result = await body(countingTransaction(tx, cost, countRead));
        cost.roundTrips += 1;
        return result;
      }),
  };
}

const size = (wanted: Wanted): number => Object.keys(wanted).length;

function countingWriter(writer: Writer, cost: { documentsWritten: number }): Writer {
  const count = (): void => {
    cost.documentsWritten += 1;
  };
  return {
    create: (collection, id, data) => {
      writer.create(collection, id, data);
      count();
    },
    set: (collection, id, data) => {
      writer.set(collection, id, data);
      count();
    },
    delete: (collection, id) => {
      writer.delete(collection, id);
      count();
    },
  };
}

function countingTransaction(
  tx: Transaction,
  cost: { documentsWritten: number },
  countRead: (documents: number) => void,
): Transaction {
  return {
    ...countingWriter(tx, cost),
    get: async (wanted) => {
      countRead(size(wanted));
      return tx.get(wanted);
    },
  };
}
