import type { StoredDocument } from './stored-document.ts';

export interface FieldIndex {
  replace(id: string, before: StoredDocument | undefined, after: StoredDocument | undefined): void;
}

/** Indexes of one kind by collection and field, each made when first asked for and kept up to date from then on. */
export class FieldIndexes<Index extends FieldIndex> {
  readonly #make: (collectionAt: string, field: string) => Index;
  readonly #byCollection = new Map<string, Map<string, Index>>();

  constructor(make: (collectionAt: string, field: string) => Index) {
    this.#make = make;
  }

  of(collectionAt: string, field: string): Index {
    const byField = this.#byCollection.get(collectionAt) ?? new Map<string, Index>();
    const index = byField.get(field) ?? this.#make(collectionAt, field);
    this.#byCollection.set(collectionAt, byField.set(field, index));
    return index;
  }

  replace(collectionAt: string, id: string, before: StoredDocument | undefined, after: StoredDocument | undefined): void {
    this.#byCollection.get(collectionAt)?.forEach((index) => {
      index.replace(id, before, after);
    });
  }
}
