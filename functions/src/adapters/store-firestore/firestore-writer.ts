import type { DocumentData, DocumentReference, Firestore } from 'firebase-admin/firestore';
import type { Writer } from '../../ports/store.ts';
import type { Collection } from '../../schema/collection.ts';
import { collectionPath, documentPath } from '../store-document/document-path.ts';
import { stampFor, type Stamp } from '../store-document/stamp.ts';
import { refuseInvalid, refuseStampFields } from '../store-document/validate.ts';
import { toStored } from './timestamps.ts';

export interface FirestoreContext {
  readonly namespace: string;
  readonly stamp: Stamp;
  readonly firestore: Firestore;
}

/** What a WriteBatch and a Transaction of the client have in common. */
interface ClientWriter {
  create(reference: DocumentReference, data: DocumentData): unknown;
  set(reference: DocumentReference, data: DocumentData): unknown;
  delete(reference: DocumentReference): unknown;
}

/** Hands the writes of one commit to the client; a bad value throws here, before anything is sent. */
export class FirestoreWriter implements Writer {
  readonly createdPaths: string[] = [];
  hasWritten = false;
  readonly #context: FirestoreContext;
  readonly #client: ClientWriter;

  constructor(context: FirestoreContext, client: ClientWriter) {
    this.#context = context;
    this.#client = client;
  }

  create<T>(collection: Collection<T>, id: string, data: T): void {
    const path = this.#pathOf(collection, id);
    this.#client.create(this.#context.firestore.doc(path), this.#fields(collection, path, data));
    this.createdPaths.push(path);
    this.hasWritten = true;
  }

  set<T>(collection: Collection<T>, id: string, data: T): void {
    const path = this.#pathOf(collection, id);
    this.#client.set(this.#context.firestore.doc(path), this.#fields(collection, path, data));
    this.hasWritten = true;
  }

  delete<T>(collection: Collection<T>, id: string): void {
    this.#client.delete(this.#context.firestore.doc(this.#pathOf(collection, id)));
    this.hasWritten = true;
  }

  #pathOf(collection: Collection<unknown>, id: string): string {
    return documentPath(collectionPath(this.#context.namespace, collection.name), id);
  }

  #fields(collection: Collection<unknown>, path: string, data: unknown): DocumentData {
    refuseInvalid(collection, path, data);
    if (typeof data !== 'object' || data === null || Array.isArray(data)) {
      throw new Error(`document ${path} was not written: a document is a map of fields`);
    }
    refuseStampFields(path, data);
    return Object.assign({}, toStored(data, path), toStored(stampFor(this.#context.stamp, collection), path));
  }
}
