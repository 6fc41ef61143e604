/** A transaction that a client began. Read-write ones lock what they read; read-only ones read the past. */
import { randomBytes } from 'node:crypto';
import type { Document } from '../store/version.ts';
import type { LockOwner } from './lock-table.ts';

/** How long a transaction may do nothing while another one waits for its locks. */
const IDLE_LIMIT_MS = 5_000;
/** The same, once the connection that began it is gone. A client may go on over another connection, so it is not zero. */
const ORPHAN_IDLE_LIMIT_MS = 500;

/** A query that the transaction ran, and what it found; the commit is refused when it would find something else. */
export interface RecordedQuery {
  readonly run: () => readonly Document[];
  readonly found: readonly Document[];
}

export class Transaction implements LockOwner {
  readonly id = randomBytes(16);
  readonly database: string;
  /** Microseconds; undefined for a read-write transaction. */
  readonly snapshotTime: number | undefined;
  /** The connection that began it, as `address:port`. */
  readonly peer: string;
  readonly held = new Set<string>();
  readonly waiting = new Set<string>();
  readonly queries: RecordedQuery[] = [];
  /** The store's last commit when `queries` were last known to hold, in microseconds. */
  validAt = 0;
  readonly #end: (transaction: Transaction) => void;
  #calls = 0;
  #idleSince = performance.now();
  #idleLimitMs = IDLE_LIMIT_MS;

  constructor(database: string, snapshotTime: number | undefined, peer: string, end: (transaction: Transaction) => void) {
    this.database = database;
    this.snapshotTime = snapshotTime;
    this.peer = peer;
    this.#end = end;
  }

  callBegins(): void {
    this.#calls += 1;
  }

  callEnds(): void {
    this.#calls -= 1;
    this.#idleSince = performance.now();
  }

  orphan(): void {
    this.#idleLimitMs = ORPHAN_IDLE_LIMIT_MS;
  }

  get idleMs(): number {
    return this.#calls > 0 ? 0 : performance.now() - this.#idleSince;
  }

  idleAllowance(): number | undefined {
    return this.#calls > 0 ? undefined : this.#idleLimitMs - this.idleMs;
  }

  wound(): void {
    this.#end(this);
  }
}
