/** Opens the view that a read's consistency selector asks for, and ends transactions that cannot go on. */
import { status } from '@grpc/grpc-js';
import type { Call, Engine } from '../engine.ts';
import type { WireConsistency } from '../protocol/messages.ts';
import { FirestoreError } from '../protocol/status.ts';
import { microsFromWire } from '../values/wire-value.ts';
import { LockingView, SnapshotView } from './read-view.ts';
import type { ReadView } from './read-view.ts';
import type { Transaction } from './transaction.ts';

export interface Viewed<T> {
  readonly result: T;
  /** Microseconds. */
  readonly readTime: number;
  /** The id of the transaction that this read began; the first response must carry it. */
  readonly begun: Uint8Array | undefined;
}

export async function withView<T>(
  engine: Engine,
  database: string,
  selector: WireConsistency,
  call: Call,
  body: (view: ReadView) => Promise<T>,
): Promise<Viewed<T>> {
  const begins = selector.newTransaction !== undefined && selector.newTransaction !== null;
  const transaction = begins
    ? engine.transactions.begin(database, selector.newTransaction, call.peer)
    : joined(engine, database, selector);
  if (transaction === undefined) {
    const view = new SnapshotView(engine.store.database(database), readTimeOf(engine, selector));
    return { result: await body(view), readTime: view.readTime(), begun: undefined };
  }
  transaction.callBegins();
  try {
    const view = viewOf(engine, transaction, call);
    return { result: await body(view), readTime: view.readTime(), begun: begins ? transaction.id : undefined };
  } catch (error) {
    // A client that never learnt the id of its transaction cannot roll it back.
    if (begins || isFatal(error)) engine.transactions.end(transaction);
    throw error;
  } finally {
    transaction.callEnds();
  }
}

function joined(engine: Engine, database: string, { transaction }: WireConsistency): Transaction | undefined {
  return transaction === undefined || transaction.length === 0 ? undefined : engine.transactions.get(transaction, database);
}

function readTimeOf(engine: Engine, { readTime }: WireConsistency): number {
  if (readTime === undefined || readTime === null) return engine.store.clock.readTime();
  const time = microsFromWire(readTime);
  engine.store.checkReadTime(time);
  return time;
}

function viewOf(engine: Engine, transaction: Transaction, call: Call): ReadView {
  if (transaction.snapshotTime === undefined) return new LockingView(engine.store, engine.locks, transaction, call.signal);
  engine.store.checkReadTime(transaction.snapshotTime);
  return new SnapshotView(engine.store.database(transaction.database), transaction.snapshotTime);
}

function isFatal(error: unknown): boolean {
  return error instanceof FirestoreError && (error.code === status.ABORTED || error.code === status.CANCELLED);
}
