/**
 * The write gate in front of a store. Refused, it reads as before, runs every body, and instead of writing reports
 * what it would have written.
 */
import type { Got, Store, Transaction, Wanted, Writer } from '../../ports/store.ts';
import { refuseReadAfterWrite } from '../store-document/transaction-rules.ts';

export interface StoreWriteGate {
  readonly writes: 'allowed' | 'refused';
  /** Why, in words for the operator. */
  readonly reason: string;
}

export type WithheldWrite = { readonly collection: string; readonly id: string } & (
  | { readonly kind: 'create' | 'set'; readonly data: unknown }
  | { readonly kind: 'delete' }
);

/** One commit that did not happen. */
export interface WithheldCommit {
  readonly reason: string;
  readonly writes: readonly WithheldWrite[];
}

export function gatedStore(store: Store, gate: StoreWriteGate, log: (commit: WithheldCommit) => void): Store {
  if (gate.writes === 'allowed') return store;
  const withhold = (writes: readonly WithheldWrite[]): void => {
    if (writes.length > 0) log({ reason: gate.reason, writes });
  };
  return {
    get: async (wanted) => store.get(wanted),
    query: async (query) => store.query(query),
    commit: async (write) => {
      const writes: WithheldWrite[] = [];
      write(recordingWriter(writes));
      await Promise.resolve();
      withhold(writes);
    },
    transact: async (body) => {
      const { result, writes } = await store.transact(async (tx) => {
        const attempted: WithheldWrite[] = [];
        return { result: await body(readingTransaction(tx, attempted)), writes: attempted };
      });
      withhold(writes);
      return result;
    },
  };
}

function recordingWriter(writes: WithheldWrite[]): Writer {
  return {
    create: (collection, id, data) => {
      writes.push({ kind: 'create', collection: collection.name, id, data });
    },
    set: (collection, id, data) => {
      writes.push({ kind: 'set', collection: collection.name, id, data });
    },
    delete: (collection, id) => {
      writes.push({ kind: 'delete', collection: collection.name, id });
    },
  };
}

function readingTransaction(tx: Transaction, writes: WithheldWrite[]): Transaction {
  return {
    ...recordingWriter(writes),
    get: async <W extends Wanted>(wanted: W): Promise<Got<W>> => {
      refuseReadAfterWrite(writes.length > 0);
      return tx.get(wanted);
    },
  };
}
