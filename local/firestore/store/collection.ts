/** The documents of one collection, found by id and walked in the order of their names. */
import { compareSegments } from '../paths/compare-paths.ts';
import { DocumentHistory } from './document-history.ts';
import { isDocument } from './version.ts';
import type { Version } from './version.ts';

export class Collection {
  readonly path: string;
  readonly #byId = new Map<string, DocumentHistory>();
  readonly #ordered: DocumentHistory[] = [];
  #live = 0;

  constructor(path: string) {
    this.path = path;
  }

  get(id: string): DocumentHistory | undefined {
    return this.#byId.get(id);
  }

  /** @returns the history, and whether it replaced an earlier version */
  push(id: string, version: Version): { history: DocumentHistory; replaced: boolean } {
    const known = this.#byId.get(id);
    this.#live += Number(isDocument(version)) - Number(isDocument(known?.current));
    if (known !== undefined) {
      known.push(version);
      return { history: known, replaced: true };
    }
    const history = new DocumentHistory(id, version);
    this.#byId.set(id, history);
    this.#ordered.splice(this.#position(id), 0, history);
    return { history, replaced: false };
  }

  remove(id: string): void {
    if (this.#byId.delete(id)) this.#ordered.splice(this.#position(id), 1);
  }

  /** Histories in the order of names, including those of deleted documents. */
  ordered(): readonly DocumentHistory[] {
    return this.#ordered;
  }

  get hasDocuments(): boolean {
    return this.#live > 0;
  }

  get isForgotten(): boolean {
    return this.#byId.size === 0;
  }

  /** Where the id is, or belongs. New ids are often the greatest, so the end is tried first. */
  #position(id: string): number {
    const last = this.#ordered.at(-1);
    if (last === undefined || compareSegments(last.id, id) < 0) return this.#ordered.length;
    let low = 0;
    let high = this.#ordered.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = this.#ordered[middle];
      if (entry !== undefined && compareSegments(entry.id, id) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
