import type { Writer } from '../../ports/store.ts';
import type { Collection } from '../../schema/collection.ts';
import { collectionPath, documentPath } from '../store-document/document-path.ts';
import type { StagedWrite } from './documents.ts';
import type { DocumentCodec } from './stored-document.ts';

/** Collects the writes of one commit; a bad value throws here, before anything is applied. */
export class StagedWriter implements Writer {
  readonly writes: StagedWrite[] = [];
  readonly #namespace: string;
  readonly #codec: DocumentCodec;

  constructor(namespace: string, codec: DocumentCodec) {
    this.#namespace = namespace;
    this.#codec = codec;
  }

  create<T>(collection: Collection<T>, id: string, data: T): void {
    this.#stage('create', collection, id, data);
  }

  set<T>(collection: Collection<T>, id: string, data: T): void {
    this.#stage('set', collection, id, data);
  }

  delete<T>(collection: Collection<T>, id: string): void {
    const collectionAt = collectionPath(this.#namespace, collection.name);
    documentPath(collectionAt, id);
    this.writes.push({ kind: 'delete', collectionAt, id });
  }

  #stage(kind: 'create' | 'set', collection: Collection<unknown>, id: string, data: unknown): void {
    const collectionAt = collectionPath(this.#namespace, collection.name);
    const document = this.#codec.encode(collection, documentPath(collectionAt, id), data);
    this.writes.push({ kind, collectionAt, id, document });
  }
}
