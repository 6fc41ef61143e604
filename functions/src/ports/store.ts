/**
 * The document store, in the words the engine needs. Two adapters share one contract suite: memory and Firestore.
 *
 * 1. A commit is atomic. A transaction body may run more than once, also after a commit that succeeded but was
 *    reported as failed: bodies must be pure but for reads and writes through `tx`.
 * 2. All reads of a transaction come before its writes, and what was read is what is committed against.
 * 3. Values are validated by their collection's schema on the way in and on the way out.
 * 4. Fields ending in `At` hold epoch milliseconds here and Timestamps in Firestore.
 */
import type { Collection } from '../schema/collection.ts';

export interface Doc<T> {
  readonly id: string;
  readonly data: T;
}

export type Comparison = '==' | '<' | '<=' | '>' | '>=' | 'in';

export interface Query<T> {
  readonly collection: Collection<T>;
  readonly where: readonly { readonly field: string; readonly op: Comparison; readonly value: unknown }[];
  readonly orderBy?: readonly { readonly field: string; readonly direction: 'asc' | 'desc' }[];
  readonly limit: number;
}

/** Reads for a whole use case in one round trip: a key per document wanted, the value or null per key. */
export type Wanted = Readonly<Record<string, { readonly collection: Collection<unknown>; readonly id: string }>>;
export type Got<W extends Wanted> = {
  readonly [K in keyof W]: W[K]['collection'] extends Collection<infer T> ? T | null : never;
};

export interface Writer {
  /** Fails the whole commit with `AlreadyExistsError` when the document exists. */
  create<T>(collection: Collection<T>, id: string, data: T): void;
  /** Creates or replaces the whole document. */
  set<T>(collection: Collection<T>, id: string, data: T): void;
  delete<T>(collection: Collection<T>, id: string): void;
}

export interface Transaction extends Writer {
  get<W extends Wanted>(wanted: W): Promise<Got<W>>;
}

export interface Store {
  get<W extends Wanted>(wanted: W): Promise<Got<W>>;
  query<T>(query: Query<T>): Promise<readonly Doc<T>[]>;
  /** One atomic commit without reads. */
  commit(write: (writer: Writer) => void): Promise<void>;
  transact<R>(body: (tx: Transaction) => Promise<R>): Promise<R>;
}

export class AlreadyExistsError extends Error {
  override readonly name = 'AlreadyExistsError';
  readonly path: string;
  constructor(path: string) {
    super(`document ${path} already exists`);
    this.path = path;
  }
}

/** Others kept changing the same documents until every attempt was spent; the caller may try again later. */
export class ContentionError extends Error {
  override readonly name = 'ContentionError';
  constructor(cause?: unknown) {
    super('a commit lost against concurrent writers at every attempt', { cause });
  }
}

/** A stored document that its own schema refuses: the record names itself and the fault. */
export class CorruptRecordError extends Error {
  override readonly name = 'CorruptRecordError';
  readonly path: string;
  constructor(path: string, fault: string) {
    super(`document ${path} does not match its schema: ${fault}`);
    this.path = path;
  }
}
