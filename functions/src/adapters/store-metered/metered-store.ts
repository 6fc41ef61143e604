/** Counts what a run costs at the store, as Firestore bills it. Repeated attempts of a transaction count each time. */
import type { Store, Transaction, Wanted, Writer } from '../../ports/store.ts';

export interface StoreCost {
  readonly roundTrips: number;
  readonly documentsRead: number;
  readonly documentsWritten: number;
  readonly documentsDeleted: number;
}

/** Counts that several stores may share. */
export type StoreTally = { -readonly [Count in keyof StoreCost]: StoreCost[Count] };

export const emptyTally = (): StoreTally => ({ roundTrips: 0, documentsRead: 0, documentsWritten: 0, documentsDeleted: 0 });

export interface MeteredStore extends Store {
  /** Of all that count into the same tally; without one, since this decorator was made. */
  cost(): StoreCost;
}

export function meteredStore(store: Store, cost: StoreTally = emptyTally()): MeteredStore {
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

type WriteCost = { documentsWritten: number; documentsDeleted: number };

function countingWriter(writer: Writer, cost: WriteCost): Writer {
  return {
    create: (collection, id, data) => {
      writer.create(collection, id, data);
      cost.documentsWritten += 1;
    },
    set: (collection, id, data) => {
      writer.set(collection, id, data);
      cost.documentsWritten += 1;
    },
    delete: (collection, id) => {
      writer.delete(collection, id);
      cost.documentsDeleted += 1;
    },
  };
}

function countingTransaction(
  tx: Transaction,
  cost: WriteCost,
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
