/**
 * One run of a transaction body. Reads are optimistic: the documents read so far are checked again at every later
 * read and at the commit, so a body only ever sees one state of the store, and commits only against that state.
 */
import type { Got, Transaction, Wanted } from '../../ports/store.ts';
import type { Collection } from '../../schema/collection.ts';
import { collectionPath, documentPath } from '../store-document/document-path.ts';
import { refuseReadAfterWrite } from '../store-document/transaction-rules.ts';
import { gotFor } from '../store-document/wanted.ts';
import type { Documents } from './documents.ts';
import { StagedWriter } from './staged-writer.ts';
import type { DocumentCodec, StoredDocument } from './stored-document.ts';

interface ReadDocument {
  readonly collectionAt: string;
  readonly id: string;
  readonly seen: StoredDocument | undefined;
}

/** Ends a body whose earlier reads have been overtaken; the store runs it again. */
export class OvertakenError extends Error {
  override readonly name = 'OvertakenError';
}

export class TransactionAttempt implements Transaction {
  readonly #namespace: string;
  readonly #documents: Documents;
  readonly #codec: DocumentCodec;
  readonly #staged: StagedWriter;
  readonly #reads: ReadDocument[] = [];

  constructor(namespace: string, documents: Documents, codec: DocumentCodec) {
    this.#namespace = namespace;
    this.#documents = documents;
    this.#codec = codec;
    this.#staged = new StagedWriter(namespace, codec);
  }

  async get<W extends Wanted>(wanted: W): Promise<Got<W>> {
    refuseReadAfterWrite(this.#staged.writes.length > 0);
    await Promise.resolve();
    if (this.isOvertaken()) throw new OvertakenError('documents read earlier in this transaction have changed');
    return gotFor(wanted, (collection, id) => this.#read(collection, id));
  }

  create<T>(collection: Collection<T>, id: string, data: T): void {
    this.#staged.create(collection, id, data);
  }

  set<T>(collection: Collection<T>, id: string, data: T): void {
    this.#staged.set(collection, id, data);
  }

  delete<T>(collection: Collection<T>, id: string): void {
    this.#staged.delete(collection, id);
  }

  isOvertaken(): boolean {
    return this.#reads.some(({ collectionAt, id, seen }) => this.#documents.find(collectionAt, id) !== seen);
  }

  apply(): void {
    this.#documents.apply(this.#staged.writes);
  }

  #read(collection: Collection<unknown>, id: string): unknown {
    const collectionAt = collectionPath(this.#namespace, collection.name);
    const path = documentPath(collectionAt, id);
    const seen = this.#documents.find(collectionAt, id);
    this.#reads.push({ collectionAt, id, seen });
    return seen === undefined ? null : this.#codec.decode(collection, path, seen);
  }
}
