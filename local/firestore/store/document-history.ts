import { isDocument } from './version.ts';
import type { Document, Version } from './version.ts';

/** The versions of one document: the current one, and the earlier ones that reads in the past may still ask for. */
export class DocumentHistory {
  readonly id: string;
  current: Version;
  #older: Version[] | undefined;

  constructor(id: string, first: Version) {
    this.id = id;
    this.current = first;
  }

  /** The document as it was at a time in microseconds, or now. */
  at(time: number | undefined): Document | undefined {
    let version: Version | undefined = this.current;
    if (time !== undefined && version.updateTime > time) {
      version = this.#older?.findLast((older) => older.updateTime <= time);
    }
    return isDocument(version) ? version : undefined;
  }

  push(version: Version): void {
    (this.#older ??= []).push(this.current);
    this.current = version;
  }

  dropOldest(): void {
    this.#older?.shift();
    if (this.#older?.length === 0) this.#older = undefined;
  }

  /** Nothing is left but the fact that the document does not exist. */
  get isEmpty(): boolean {
    return this.#older === undefined && !isDocument(this.current);
  }
}
