/** The parts that every RPC works with. */
import type { Counters } from './counters.ts';
import type { IndexConfig } from './indexes/index-config.ts';
import { NO_INDEXES } from './indexes/index-config.ts';
import { checkIndexEntries } from './indexes/index-entries.ts';
import { requireIndex } from './indexes/require-index.ts';
import type { Query } from './queries/query.ts';
import type { DocumentStore } from './store/document-store.ts';
import type { LockTable } from './transactions/lock-table.ts';
import type { TransactionRegistry } from './transactions/transaction-registry.ts';
import type { FieldPath } from './values/field-path.ts';
import { planCommit } from './writes/plan-commit.ts';
import type { WriteOutcome } from './writes/plan-commit.ts';
import type { Write } from './writes/write.ts';

export interface Engine {
  readonly store: DocumentStore;
  readonly locks: LockTable;
  readonly transactions: TransactionRegistry;
  readonly counters: Counters;
  /** Undefined: queries run without looking for indexes. */
  readonly indexes: IndexConfig | undefined;
}

/** One RPC as the engine sees it. */
export interface Call {
  /** Aborted when the client goes away or gives up. */
  readonly signal: AbortSignal;
  /** The client's connection, as `address:port`. */
  readonly peer: string;
}

/** @throws FAILED_PRECONDITION when production would refuse the query */
export function checkIndexes(engine: Engine, query: Query, aggregated: readonly FieldPath[] = []): void {
  if (engine.indexes !== undefined) requireIndex(engine.indexes, query, aggregated);
}

/**
 * Applies writes at once, or none of them. The caller holds the locks on the documents.
 * @returns the commit's time in microseconds, and one outcome for each write
 */
export function commitWrites(engine: Engine, databaseName: string, writes: readonly Write[]): { commitTime: number; outcomes: readonly WriteOutcome[] } {
  const database = engine.store.database(databaseName);
  const commitTime = engine.store.clock.next();
  const indexes = engine.indexes ?? NO_INDEXES;
  const { versions, outcomes } = planCommit(
    writes,
    (path) => database.get(path),
    commitTime,
    (document, bytes) => checkIndexEntries(indexes, document, bytes),
  );
  engine.store.commit(database, versions, commitTime);
  const deletes = writes.filter(({ change }) => change.kind === 'delete').length;
  engine.counters.written(writes.length - deletes, deletes);
  return { commitTime, outcomes };
}
