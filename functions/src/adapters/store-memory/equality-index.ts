import { fieldReader } from './document-field.ts';
import type { FieldReader } from './document-field.ts';
import type { StoredDocument } from './stored-document.ts';

const NONE: ReadonlyMap<string, StoredDocument> = new Map();

/** The documents of one collection by the value of one field, so that a question for the few open ones does not look at all that ever were. */
export class EqualityIndex {
  readonly #valueOf: FieldReader;
  readonly #byValue = new Map<unknown, Map<string, StoredDocument>>();

  constructor(field: string, documents: ReadonlyMap<string, StoredDocument>) {
    this.#valueOf = fieldReader(field);
    for (const [id, document] of documents) this.#add(id, document);
  }

  having(value: unknown): ReadonlyMap<string, StoredDocument> {
    return this.#byValue.get(value) ?? NONE;
  }

  replace(id: string, before: StoredDocument | undefined, after: StoredDocument | undefined): void {
    if (before !== undefined) this.#remove(id, before);
    if (after !== undefined) this.#add(id, after);
  }

  #add(id: string, document: StoredDocument): void {
    const value = this.#valueOf(document);
    const known = this.#byValue.get(value);
    if (known === undefined) this.#byValue.set(value, new Map([[id, document]]));
    else known.set(id, document);
  }

  #remove(id: string, document: StoredDocument): void {
    const value = this.#valueOf(document);
    const known = this.#byValue.get(value);
    known?.delete(id);
    if (known?.size === 0) this.#byValue.delete(value);
  }
}
