import { fieldReader } from './document-field.ts';
import type { FieldReader } from './document-field.ts';
import type { StoredDocument } from './stored-document.ts';

interface Placed {
  readonly value: number;
  readonly id: string;
  /** Null for one that is not in the index any more. */
  document: StoredDocument | null;
}

/**
 * The documents of one collection in the order of one field that holds numbers or times, so that a question for the
 * latest ones does not look at all that ever were. A document with anything else there is not in it.
 */
export class OrderedIndex {
  readonly #valueOf: FieldReader;
  /** In order, with those that have gone until they are an eighth of all: what expires goes from the front, one by one, and must not move the rest each time. */
  #placed: Placed[] = [];
  #gone = 0;

  constructor(field: string, documents: ReadonlyMap<string, StoredDocument>) {
    this.#valueOf = fieldReader(field);
    for (const [id, document] of documents) {
      const value = this.#valueOf(document);
      if (typeof value === 'number') this.#placed.push({ value, id, document });
    }
    this.#placed.sort((a, b) => a.value - b.value);
  }

  /** Those with from <= value <= to. */
  between(from: number, to: number): ReadonlyMap<string, StoredDocument> {
    const found = new Map<string, StoredDocument>();
    for (let at = this.#firstFrom(from); at < this.#placed.length; at += 1) {
      const placed = this.#placed[at];
      if (placed === undefined || placed.value > to) break;
      if (placed.document !== null) found.set(placed.id, placed.document);
    }
    return found;
  }

  replace(id: string, before: StoredDocument | undefined, after: StoredDocument | undefined): void {
    if (before !== undefined) this.#remove(id, this.#valueOf(before));
    if (after !== undefined) this.#add(id, after);
  }

  #add(id: string, document: StoredDocument): void {
    const value = this.#valueOf(document);
    if (typeof value === 'number') this.#placed.splice(this.#firstFrom(value), 0, { value, id, document });
  }

  #remove(id: string, value: unknown): void {
    if (typeof value !== 'number') return;
    for (let at = this.#firstFrom(value); this.#placed[at]?.value === value; at += 1) {
      const placed = this.#placed[at];
      if (placed?.id === id && placed.document !== null) {
        placed.document = null;
        this.#gone += 1;
        break;
      }
    }
    if (this.#gone <= this.#placed.length / 8) return;
    this.#placed = this.#placed.filter(({ document }) => document !== null);
    this.#gone = 0;
  }

  /** Where the first one with this value or a later one stands. */
  #firstFrom(value: number): number {
    let [low, high] = [0, this.#placed.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#placed[middle]?.value ?? Infinity) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
