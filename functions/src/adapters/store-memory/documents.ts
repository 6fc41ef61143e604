/** The documents themselves, by collection and id, and the only place that changes them. */
import { AlreadyExistsError } from '../../ports/store.ts';
import { documentPath } from '../store-document/document-path.ts';
import { EqualityIndex } from './equality-index.ts';
import type { StoredDocument } from './stored-document.ts';

export type StagedWrite = { readonly collectionAt: string; readonly id: string } & (
  | { readonly kind: 'create' | 'set'; readonly document: StoredDocument }
  | { readonly kind: 'delete' }
);

export class Documents {
  readonly #collections = new Map<string, Map<string, StoredDocument>>();
  /** By collection and field, made when first asked for. */
  readonly #indexes = new Map<string, Map<string, EqualityIndex>>();

  find(collectionAt: string, id: string): StoredDocument | undefined {
    return this.#collections.get(collectionAt)?.get(id);
  }

  inCollection(collectionAt: string): ReadonlyMap<string, StoredDocument> {
    return this.#collections.get(collectionAt) ?? new Map<string, StoredDocument>();
  }

  /** Those of a collection whose field has this very value. */
  having(collectionAt: string, field: string, value: unknown): ReadonlyMap<string, StoredDocument> {
    const byField = this.#indexes.get(collectionAt) ?? new Map<string, EqualityIndex>();
    const index = byField.get(field) ?? new EqualityIndex(field, this.inCollection(collectionAt));
    this.#indexes.set(collectionAt, byField.set(field, index));
    return index.having(value);
  }

  all(): ReadonlyMap<string, ReadonlyMap<string, StoredDocument>> {
    return this.#collections;
  }

  /** All writes in order, or none: throws AlreadyExistsError before the first change. */
  apply(writes: readonly StagedWrite[]): void {
    this.#refuseTakenIds(writes);
    for (const write of writes) {
      const after = write.kind === 'delete' ? undefined : write.document;
      for (const index of this.#indexes.get(write.collectionAt)?.values() ?? []) index.replace(write.id, this.find(write.collectionAt, write.id), after);
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
