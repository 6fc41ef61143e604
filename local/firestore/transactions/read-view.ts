/** What a read sees of a database: the state at one time, or, in a read-write transaction, the latest state under locks. */
import { aborted } from '../protocol/status.ts';
import type { Database } from '../store/database.ts';
import type { DocumentStore } from '../store/document-store.ts';
import type { Document } from '../store/version.ts';
import type { LockTable } from './lock-table.ts';
import type { Transaction } from './transaction.ts';

/** Finds documents, at a time in microseconds or now. */
export type RunQuery = (time: number | undefined) => readonly Document[];

export interface ReadView {
  /** Microseconds; everything read is as of this time or, under locks, not older. */
  readTime(): number;
  documents(paths: readonly string[]): Promise<readonly (Document | undefined)[]>;
  query(run: RunQuery): Promise<readonly Document[]>;
}

export class SnapshotView implements ReadView {
  readonly #database: Database;
  readonly #time: number;

  constructor(database: Database, time: number) {
    this.#database = database;
    this.#time = time;
  }

  readTime(): number {
    return this.#time;
  }

  documents(paths: readonly string[]): Promise<readonly (Document | undefined)[]> {
    return Promise.resolve(paths.map((path) => this.#database.get(path, this.#time)));
  }

  async query(run: RunQuery): Promise<readonly Document[]> {
    return await Promise.resolve(run(this.#time));
  }
}

/**
 * Documents that were read cannot change before the transaction ends. Queries can be outdated by documents that come to match
 * them: each later read and the commit check them again, so that a transaction never goes on with a mixture of two states.
 */
export class LockingView implements ReadView {
  readonly #database: Database;
  readonly #store: DocumentStore;
  readonly #locks: LockTable;
  readonly #transaction: Transaction;
  readonly #signal: AbortSignal;

  constructor(store: DocumentStore, locks: LockTable, transaction: Transaction, signal: AbortSignal) {
    this.#database = store.database(transaction.database);
    this.#store = store;
    this.#locks = locks;
    this.#transaction = transaction;
    this.#signal = signal;
  }

  readTime(): number {
    return this.#store.clock.readTime();
  }

  async documents(paths: readonly string[]): Promise<readonly (Document | undefined)[]> {
    await this.lock(paths);
    checkQueries(this.#transaction, this.#store);
    return paths.map((path) => this.#database.get(path));
  }

  async query(run: RunQuery): Promise<readonly Document[]> {
    let found = run(undefined);
    while (found.some((document) => !this.#transaction.held.has(document.key.name))) {
      // A wait for a lock may let another transaction change what the query finds, so it runs again until all is locked.
      // oxlint-disable-next-line no-await-in-loop
      await this.lock(found.map((document) => document.key.path));
      found = run(undefined);
    }
    checkQueries(this.#transaction, this.#store);
    this.#transaction.queries.push({ run: () => run(undefined), found });
    return found;
  }

  async lock(paths: readonly string[]): Promise<void> {
    const names = paths.map((path) => this.#database.key(path).name);
    await this.#locks.acquire(this.#transaction, names, this.#signal);
  }
}

/** @throws ABORTED when a query of the transaction would no longer find the same documents */
export function checkQueries(transaction: Transaction, store: DocumentStore): void {
  if (transaction.validAt === store.lastCommit) return;
  for (const { run, found } of transaction.queries) {
    const now = run();
    if (now.length !== found.length || now.some((document, index) => document !== found[index])) {
      throw aborted('Another commit changed the result of a query that this transaction ran. Retry the transaction.');
    }
  }
  transaction.validAt = store.lastCommit;
}
