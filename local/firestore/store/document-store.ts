/**
 * All databases of the server: memory for reads, and the data file, if any, for restarts.
 *
 * 1. A commit is written to the file first; when that fails, memory is untouched and the caller gets the error.
 * 2. Commit times only grow, across restarts too.
 * 3. A read at time t sees exactly the commits up to t.
 */
import { failedPrecondition } from '../protocol/status.ts';
import { CommitClock } from './commit-clock.ts';
import { Database } from './database.ts';
import { SqliteFile } from './sqlite-file.ts';
import { SupersededVersions } from './superseded-versions.ts';
import { isDocument } from './version.ts';
import type { Document, Version } from './version.ts';

export interface DocumentChange {
  readonly before: Document | undefined;
  readonly after: Document | undefined;
}

export type CommitListener = (database: Database, changes: readonly DocumentChange[]) => void;

export interface StoreOptions {
  /** A file, or `:memory:` for a store that ends with the process. */
  readonly dataFile: string;
  readonly nowMs: () => number;
}

export class DocumentStore {
  readonly clock: CommitClock;
  readonly #databases = new Map<string, Database>();
  readonly #file: SqliteFile | undefined;
  readonly #superseded = new SupersededVersions();
  readonly #listeners = new Set<CommitListener>();
  #lastCommit = 0;

  constructor(options: StoreOptions) {
    this.#file = options.dataFile === ':memory:' ? undefined : new SqliteFile(options.dataFile);
    for (const document of this.#file?.load() ?? []) {
      const database = this.database(document.key.database);
      database.push({ ...document, key: database.key(document.key.path) });
      this.#lastCommit = Math.max(this.#lastCommit, document.updateTime);
    }
    this.clock = new CommitClock(options.nowMs, this.#lastCommit);
  }

  database(name: string): Database {
    let database = this.#databases.get(name);
    if (database === undefined) {
      database = new Database(name);
      this.#databases.set(name, database);
    }
    return database;
  }

  /** Time of the latest change, in microseconds: equal times mean an equal content. */
  get lastCommit(): number {
    return this.#lastCommit;
  }

  /** @throws FAILED_PRECONDITION for a time (microseconds) whose versions are no longer, or not yet, there */
  checkReadTime(time: number): void {
    if (time < this.#superseded.oldestReadable) {
      throw failedPrecondition('The read time is too old: the embedded Firestore keeps old versions for a minute.');
    }
    if (time > this.clock.readTime()) throw failedPrecondition('The read time is in the future.');
  }

  /** Applies new versions of distinct documents at once, and tells the listeners. */
  commit(database: Database, versions: readonly Version[], commitTime: number): void {
    if (versions.length === 0) return;
    this.#file?.save(versions);
    this.#lastCommit = commitTime;
    const changes: DocumentChange[] = [];
    for (const version of versions) {
      changes.push({ before: database.get(version.key.path), after: isDocument(version) ? version : undefined });
      const { history, replaced } = database.push(version);
      if (replaced) this.#superseded.add({ database, history, at: commitTime });
    }
    this.#superseded.prune(commitTime);
    for (const listener of this.#listeners) listener(database, changes);
  }

  /** @returns a function that ends the subscription */
  onCommit(listener: CommitListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  close(): void {
    this.#file?.close();
  }
}
