/** The open transactions, by id. */
import type { WireTransactionOptions } from '../protocol/messages.ts';
import { invalidArgument } from '../protocol/status.ts';
import type { DocumentStore } from '../store/document-store.ts';
import { microsFromWire } from '../values/wire-value.ts';
import type { LockTable } from './lock-table.ts';
import { Transaction } from './transaction.ts';

/** Firestore ends a transaction that has been idle for a minute. */
const EXPIRY_MS = 60_000;
const SWEEP_AT = 1_000;

export class TransactionRegistry {
  readonly #open = new Map<string, Transaction>();
  readonly #store: DocumentStore;
  readonly #locks: LockTable;

  constructor(store: DocumentStore, locks: LockTable) {
    this.#store = store;
    this.#locks = locks;
  }

  begin(database: string, options: WireTransactionOptions | null | undefined, peer: string): Transaction {
    if (this.#open.size >= SWEEP_AT) this.#sweep();
    const transaction = new Transaction(database, this.#snapshotTime(options), peer, (ended) => this.end(ended));
    this.#open.set(transaction.id.toString('hex'), transaction);
    return transaction;
  }

  #snapshotTime(options: WireTransactionOptions | null | undefined): number | undefined {
    if (options?.mode !== 'readOnly') return undefined;
    if (!options.readOnly?.readTime) return this.#store.clock.readTime();
    const time = microsFromWire(options.readOnly.readTime);
    this.#store.checkReadTime(time);
    return time;
  }

  /** @throws INVALID_ARGUMENT in the words that make the client retry its transaction */
  get(id: Uint8Array, database: string): Transaction {
    const transaction = this.find(id);
    if (transaction?.database !== database) {
      throw invalidArgument('The referenced transaction has expired or is no longer valid.');
    }
    return transaction;
  }

  find(id: Uint8Array): Transaction | undefined {
    return this.#open.get(Buffer.from(id).toString('hex'));
  }

  end(transaction: Transaction): void {
    this.#open.delete(transaction.id.toString('hex'));
    this.#locks.release(transaction);
  }

  connectionClosed(peer: string): void {
    for (const transaction of this.#open.values()) if (transaction.peer === peer) transaction.orphan();
  }

  endAll(): void {
    for (const transaction of this.#open.values()) this.end(transaction);
  }

  #sweep(): void {
    for (const transaction of this.#open.values()) if (transaction.idleMs > EXPIRY_MS) this.end(transaction);
  }
}
