/**
 * Keeps a snapshot fresh while somebody looks. A failed read changes nothing that is known: the page goes on showing it
 * with its age and the reason, and asks again.
 */
import { ReadError } from '../records/firestore-reader.ts';
import { SignInError } from '../session/session.ts';
import type { AccountReader } from './account-reader.ts';
import type { Body, Head, Snapshot } from './snapshot.ts';

export interface LiveState {
  /** Null until the first read has succeeded. */
  readonly snapshot: Snapshot | null;
  /** Firestore's time now, as well as the page can tell: its time at the last read and what has gone by since. */
  readonly now: number;
  /** Why the last read failed; null when it did not. */
  readonly failure: { readonly message: string; readonly denied: boolean } | null;
  /** Milliseconds since a read succeeded; null before the first. */
  readonly silentMs: number | null;
}

export interface LiveDeps {
  readonly account: Pick<AccountReader, 'head' | 'body'>;
  /** Monotonic milliseconds. */
  readonly elapsed: () => number;
  readonly changed: () => void;
}

/** The body is read again now and then even when the head stands still: an engine that stands still can still be written to. */
const BODY_AT_LEAST_MS = 60_000;

export class LiveAccount {
  readonly #deps: LiveDeps;
  #snapshot: Snapshot | null = null;
  #failure: LiveState['failure'] = null;
  #anchor: number | null = null;
  #headText = '';
  #bodyReadAt = Number.NEGATIVE_INFINITY;

  constructor(deps: LiveDeps) {
    this.#deps = deps;
  }

  get state(): LiveState {
    const silentMs = this.#anchor === null ? null : this.#deps.elapsed() - this.#anchor;
    const now = this.#snapshot === null || silentMs === null ? 0 : this.#snapshot.readAt + silentMs;
    return { snapshot: this.#snapshot, now, failure: this.#failure, silentMs };
  }

  /** One look. `force` reads everything, after somebody has changed something. Never rejects for a failed read. */
  async look(force: boolean): Promise<void> {
    try {
      const { readAt, head } = await this.#deps.account.head();
      const body = await this.#bodyFor(head, force);
      this.#snapshot = { ...body, ...head, readAt };
      this.#anchor = this.#deps.elapsed();
      this.#failure = null;
    } catch (error) {
      this.#failure = failureOf(error);
    }
    this.#deps.changed();
  }

  async #bodyFor(head: Head, force: boolean): Promise<Body> {
    const text = JSON.stringify(head);
    const isOld = this.#deps.elapsed() - this.#bodyReadAt >= BODY_AT_LEAST_MS;
    if (!force && !isOld && this.#snapshot !== null && text === this.#headText) return this.#snapshot;
    const body = await this.#deps.account.body();
    this.#headText = text;
    this.#bodyReadAt = this.#deps.elapsed();
    return body;
  }
}

function failureOf(error: unknown): NonNullable<LiveState['failure']> {
  if (error instanceof ReadError) return { message: error.message, denied: error.denied };
  if (error instanceof SignInError) return { message: error.message, denied: true };
  // What fetch throws without a network, and what a deadline throws.
  if (error instanceof TypeError || error instanceof DOMException) return { message: 'Firestore cannot be reached from here. Trying again.', denied: false };
  throw error;
}
