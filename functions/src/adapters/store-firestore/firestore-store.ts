/**
 * The store in Firestore, over the client that `compose` configured. All reads of a call travel in one
 * BatchGetDocuments, all writes in one Commit. The client library itself is only imported as types.
 */
import type { Firestore, Transaction as ClientTransaction } from 'firebase-admin/firestore';
import type { Doc, Got, Query, Store, Transaction, Wanted, Writer } from '../../ports/store.ts';
import type { Collection } from '../../schema/collection.ts';
import { collectionPath } from '../store-document/document-path.ts';
import { checkedLimit, filterValues } from '../store-document/query-check.ts';
import type { Stamp } from '../store-document/stamp.ts';
import { MAX_ATTEMPTS, refuseReadAfterWrite } from '../store-document/transaction-rules.ts';
import { storeErrorFrom } from './client-errors.ts';
import { readWanted, recordOf } from './firestore-reader.ts';
import { FirestoreWriter, type FirestoreContext } from './firestore-writer.ts';
import { toStoredFilterValue } from './timestamps.ts';

export interface FirestoreStoreOptions {
  readonly namespace: string;
  readonly stamp: Stamp;
  readonly firestore: Firestore;
}

export const createFirestoreStore = (options: FirestoreStoreOptions): Store => new DocumentsInFirestore(options);

class DocumentsInFirestore implements Store {
  readonly #context: FirestoreContext;

  constructor(context: FirestoreContext) {
    this.#context = context;
  }

  async get<W extends Wanted>(wanted: W): Promise<Got<W>> {
    return readWanted(this.#context, wanted, (...references) => this.#context.firestore.getAll(...references));
  }

  async query<T>(query: Query<T>): Promise<readonly Doc<T>[]> {
    const { firestore, namespace } = this.#context;
    let request = firestore.collection(collectionPath(namespace, query.collection.name)).limit(checkedLimit(query));
    for (const filter of query.where) {
      const values = filterValues(filter).map((value) => toStoredFilterValue(filter.field, value));
      request = request.where(filter.field, filter.op, filter.op === 'in' ? values : values[0]);
    }
    for (const { field, direction } of query.orderBy ?? []) request = request.orderBy(field, direction);
    const { docs } = await request.get();
    return docs.flatMap((snapshot) => {
      const data = recordOf(query.collection, snapshot);
      return data === null ? [] : [{ id: snapshot.id, data }];
    });
  }

  async commit(write: (writer: Writer) => void): Promise<void> {
    const batch = this.#context.firestore.batch();
    const writer = new FirestoreWriter(this.#context, batch);
    write(writer);
    if (!writer.hasWritten) return;
    try {
      await batch.commit();
    } catch (error) {
      throw storeErrorFrom(error, writer.createdPaths);
    }
  }

  async transact<R>(body: (tx: Transaction) => Promise<R>): Promise<R> {
    let createdPaths: readonly string[] = [];
    try {
      return await this.#context.firestore.runTransaction(
        async (client) => {
          const tx = new FirestoreTransaction(this.#context, client);
          const result = await body(tx);
          createdPaths = tx.createdPaths;
          return result;
        },
        { maxAttempts: MAX_ATTEMPTS },
      );
    } catch (error) {
      throw storeErrorFrom(error, createdPaths);
    }
  }
}

class FirestoreTransaction implements Transaction {
  readonly #context: FirestoreContext;
  readonly #client: ClientTransaction;
  readonly #writer: FirestoreWriter;

  constructor(context: FirestoreContext, client: ClientTransaction) {
    this.#context = context;
    this.#client = client;
    this.#writer = new FirestoreWriter(context, client);
  }

  get createdPaths(): readonly string[] {
    return this.#writer.createdPaths;
  }

  async get<W extends Wanted>(wanted: W): Promise<Got<W>> {
    refuseReadAfterWrite(this.#writer.hasWritten);
    return readWanted(this.#context, wanted, (...references) => this.#client.getAll(...references));
  }

  create<T>(collection: Collection<T>, id: string, data: T): void {
    this.#writer.create(collection, id, data);
  }

  set<T>(collection: Collection<T>, id: string, data: T): void {
    this.#writer.set(collection, id, data);
  }

  delete<T>(collection: Collection<T>, id: string): void {
    this.#writer.delete(collection, id);
  }
}
