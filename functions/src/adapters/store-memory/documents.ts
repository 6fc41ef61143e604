/** The documents themselves, by collection and id, and the only place that changes them. */
import { AlreadyExistsError } from '../../ports/store.ts';
import { documentPath } from '../store-document/document-path.ts';
import { EqualityIndex } from './equality-index.ts';
import { FieldIndexes } from './field-indexes.ts';
import { OrderedIndex } from './ordered-index.ts';
import type { StoredDocument } from './stored-document.ts';

export type StagedWrite = { readonly collectionAt: string; readonly id: string } & (
  | { readonly kind: 'create' | 'set'; readonly document: StoredDocument }
  | { readonly kind: 'delete' }
);

export class Documents {
  readonly #collections = new Map<string, Map<string, StoredDocument>>();
  readonly #byValue = new FieldIndexes((collectionAt, field) => new EqualityIndex(field, this.inCollection(collectionAt)));
  readonly #inOrder = new FieldIndexes((collectionAt, field) => new OrderedIndex(field, this.inCollection(collectionAt)));

  find(collectionAt: string, id: string): StoredDocument | undefined {
    return this.#collections.get(collectionAt)?.get(id);
  }

  inCollection(collectionAt: string): ReadonlyMap<string, StoredDocument> {
    return this.#collections.get(collectionAt) ?? new Map<string, StoredDocument>();
  }

  /** Those of a collection whose field has this very value. */
  having(collectionAt: string, field: string, value: unknown): ReadonlyMap<string, StoredDocument> {
    return this.#byValue.of(collectionAt, field).having(value);
  }

  /** Those of a collection whose field is a number or a time with from <= value <= to. */
  between(collectionAt: string, field: string, from: number, to: number): ReadonlyMap<string, StoredDocument> {
    return this.#inOrder.of(collectionAt, field).between(from, to);
  }

  all(): ReadonlyMap<string, ReadonlyMap<string, StoredDocument>> {
    return this.#collections;
  }

  /** All writes in order, or none: throws AlreadyExistsError before the first change. */
  apply(writes: readonly StagedWrite[]): void {
    this.#refuseTakenIds(writes);
    for (const write of writes) {
      const after = write.kind === 'delete' ? undefined : write.document;
      const before = this.find(write.collectionAt, write.id);
      this.#byValue.replace(write.collectionAt, write.id, before, after);
      this.#inOrder.replace(write.collectionAt, write.id, before, after);
      if (after === undefined) this.#collections.get(write.collectionAt)?.delete(write.id);
      else this.#writable(write.collectionAt).set(write.id, after);
    }
  }

  #refuseTakenIds(writes: readonly StagedWrite[]): void {
    const existsByPath = new Map<string, boolean>();
    for (const write of writes) {
      const path = documentPath(write.collectionAt, write.id);
      const exists = existsByPath.get(path) ?? this.find(write.collectionAt, write.id) !== undefined;
      if (write.kind === 'create' && exists) throw new AlreadyExistsError(path);
      existsByPath.set(path, write.kind !== 'delete');
    }
  }

  #writable(collectionAt: string): Map<string, StoredDocument> {
    const known = this.#collections.get(collectionAt);
    if (known !== undefined) return known;
    const created = new Map<string, StoredDocument>();
    this.#collections.set(collectionAt, created);
    return created;
  }
}
