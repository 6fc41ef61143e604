/**
 * The store in memory, for tests and the simulator. Deterministic: no timers and no randomness, only the order in
 * which its callers run. Every operation yields before it looks at or changes the documents, so concurrent bodies
 * interleave and contend as they would against a server.
 */
import type { Doc, Got, Query, Store, Transaction, Wanted, Writer } from '../../ports/store.ts';
import { ContentionError } from '../../ports/store.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { collectionPath, documentPath } from '../store-document/document-path.ts';
import { checkedLimit } from '../store-document/query-check.ts';
import type { Stamp } from '../store-document/stamp.ts';
import { MAX_ATTEMPTS } from '../store-document/transaction-rules.ts';
import { gotFor } from '../store-document/wanted.ts';
import { candidatesFor } from './candidates.ts';
import { Documents } from './documents.ts';
import { runQuery } from './run-query.ts';
import { StagedWriter } from './staged-writer.ts';
import { DocumentCodec } from './stored-document.ts';
import { OvertakenError, TransactionAttempt } from './transaction-attempt.ts';

export type CommitFault = 'none' | 'failBefore' | 'failAfter';

export interface MemoryStoreOptions {
  readonly namespace: string;
  readonly stamp: Stamp;
  /** Off, records are kept as they are given, unchecked and not copied: only for speed, where the same run is also made with it on. */
  readonly validate?: boolean;
  /** True re-runs a body whose commit would have succeeded; attempts count from 1. */
  readonly rerun?: (attempt: number) => boolean;
  /** Asked once per commit: reports a failure without committing, or after having committed. */
  readonly commitFault?: () => CommitFault;
}

export interface MemoryStore extends Store {
  /** Every document by its path, as a database console would show it: with its stamp, times in milliseconds. */
  dump(): ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  /** Deletes what Firestore's TTL would by now: documents whose `expireAt` has passed. */
  expire(now: EpochMs): void;
}

/** What an injected commit fault looks like to the caller: like a lost connection, it does not tell what happened. */
export class CommitFaultError extends Error {
  override readonly name = 'CommitFaultError';
}

export const createMemoryStore = (options: MemoryStoreOptions): MemoryStore => new DocumentsInMemory(options);

class DocumentsInMemory implements MemoryStore {
  readonly #options: MemoryStoreOptions;
  readonly #codec: DocumentCodec;
  readonly #documents = new Documents();

  constructor(options: MemoryStoreOptions) {
    this.#options = options;
    this.#codec = new DocumentCodec(options.stamp, options.validate ?? true);
  }

  async get<W extends Wanted>(wanted: W): Promise<Got<W>> {
    await Promise.resolve();
    return gotFor(wanted, (collection, id) => {
      const at = collectionPath(this.#options.namespace, collection.name);
      const path = documentPath(at, id);
      const document = this.#documents.find(at, id);
      return document === undefined ? null : this.#codec.decode(collection, path, document);
    });
  }

  async query<T>(query: Query<T>): Promise<readonly Doc<T>[]> {
    const at = collectionPath(this.#options.namespace, query.collection.name);
    const limit = checkedLimit(query);
    await Promise.resolve();
    const entries = runQuery(query, candidatesFor(query, this.#documents, at)).slice(0, limit);
    return entries.map(([id, document]) => ({
      id,
      data: this.#codec.decode(query.collection, documentPath(at, id), document),
    }));
  }

  async commit(write: (writer: Writer) => void): Promise<void> {
    const writer = new StagedWriter(this.#options.namespace, this.#codec);
    write(writer);
    await Promise.resolve();
    const fault = this.#faulty(() => {
      this.#documents.apply(writer.writes);
    });
    if (fault !== null) throw fault;
  }

  async transact<R>(body: (tx: Transaction) => Promise<R>): Promise<R> {
    let lastFailure: Error | null = null;
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      const tx = new TransactionAttempt(this.#options.namespace, this.#documents, this.#codec);
      const outcome = await completed(tx, body);
      await Promise.resolve();
      if (outcome === 'overtaken' || tx.isOvertaken() || this.#options.rerun?.(attempt) === true) {
        lastFailure = new ContentionError();
        continue;
      }
      const fault = this.#faulty(() => {
        tx.apply();
      });
      if (fault === null) return outcome.result;
      lastFailure = fault;
    }
    throw lastFailure ?? new ContentionError();
  }

  dump(): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
    const documents = new Map<string, Readonly<Record<string, unknown>>>();
    for (const [collectionAt, byId] of this.#documents.all()) {
      for (const [id, { data, stamp }] of byId) documents.set(documentPath(collectionAt, id), { ...data, ...stamp });
    }
    return documents;
  }

  expire(now: EpochMs): void {
    for (const [collectionAt, byId] of this.#documents.all()) {
      const expired = [...byId].filter(([, { data }]) => typeof data['expireAt'] === 'number' && data['expireAt'] <= now);
      this.#documents.apply(expired.map(([id]) => ({ kind: 'delete', collectionAt, id })));
    }
  }

  /** Applies unless a fault is drawn that strikes before; returns the error that the caller is to see. */
  #faulty(apply: () => void): CommitFaultError | null {
    const fault = this.#options.commitFault?.() ?? 'none';
    if (fault !== 'failBefore') apply();
    return fault === 'none' ? null : new CommitFaultError('injected fault: the outcome of the commit is unknown');
  }
}

/** Runs the body once. Its own errors pass through; being overtaken by another commit is an outcome. */
async function completed<R>(
  tx: TransactionAttempt,
  body: (tx: Transaction) => Promise<R>,
): Promise<{ readonly result: R } | 'overtaken'> {
  try {
    return { result: await body(tx) };
  } catch (error) {
    if (error instanceof OvertakenError) return 'overtaken';
    throw error;
  }
}
