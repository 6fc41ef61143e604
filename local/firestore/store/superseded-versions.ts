/**
 * Old versions, oldest first, so that all of them together stay bounded: none is kept for longer than a minute, and no more than
 * ten thousand are kept at all. Reads further back than that are refused.
 */
import type { Database } from './database.ts';
import type { DocumentHistory } from './document-history.ts';

const KEEP_MICROS = 60_000_000;
const KEEP_VERSIONS = 10_000;

interface Superseded {
  readonly database: Database;
  readonly history: DocumentHistory;
  /** When a newer version took over. */
  readonly at: number;
}

export class SupersededVersions {
  readonly #queue: Superseded[] = [];
  #head = 0;
  #oldestReadable = 0;

  add(entry: Superseded): void {
    this.#queue.push(entry);
  }

  /** Reads at this time (microseconds) and later are complete. */
  get oldestReadable(): number {
    return this.#oldestReadable;
  }

  prune(now: number): void {
    for (let entry = this.#queue[this.#head]; entry !== undefined; entry = this.#queue[this.#head]) {
      if (entry.at > now - KEEP_MICROS && this.#queue.length - this.#head <= KEEP_VERSIONS) break;
      this.#head += 1;
      this.#oldestReadable = entry.at;
      entry.history.dropOldest();
      if (entry.history.isEmpty) entry.database.forget(entry.history.current.key.path);
    }
    if (this.#head > KEEP_VERSIONS) {
      this.#queue.splice(0, this.#head);
      this.#head = 0;
    }
  }
}
