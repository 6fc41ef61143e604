import type { Call, Engine } from '../engine.ts';
import { commitWrites } from '../engine.ts';
import { parseDatabase } from '../paths/resource-path.ts';
import type { WireTimestamp, WireWrite, WireWriteResult } from '../protocol/messages.ts';
import { invalidArgument } from '../protocol/status.ts';
import type { LockOwner } from '../transactions/lock-table.ts';
import { checkQueries } from '../transactions/read-view.ts';
import type { Transaction } from '../transactions/transaction.ts';
import { microsToWire, valueToWire } from '../values/wire-value.ts';
import type { WriteOutcome } from '../writes/plan-commit.ts';
import { parseWrites } from '../writes/write.ts';
import type { Write } from '../writes/write.ts';
import type { UnaryHandler } from './handler.ts';

interface Request {
  readonly database: string;
  readonly writes: readonly WireWrite[];
  readonly transaction: Uint8Array;
}

interface Response {
  readonly writeResults: readonly WireWriteResult[];
  readonly commitTime: WireTimestamp;
}

export const commit: UnaryHandler<Request, Response> = async (engine, request, call) => {
  const database = parseDatabase(request.database);
  const transaction = request.transaction.length === 0 ? undefined : engine.transactions.get(request.transaction, database);
  try {
    const writes = parseWrites(request.writes, database);
    const { commitTime, outcomes } =
      transaction === undefined
        ? await commitAlone(engine, database, writes, call)
        : await commitTransaction(engine, transaction, writes, call);
    return { writeResults: outcomes.map(resultToWire), commitTime: microsToWire(commitTime) };
  } finally {
    if (transaction !== undefined) engine.transactions.end(transaction);
  }
};

export function resultToWire({ updateTime, transformResults }: WriteOutcome): WireWriteResult {
  return {
    updateTime: updateTime === undefined ? null : microsToWire(updateTime),
    transformResults: transformResults.map(valueToWire),
  };
}

async function commitTransaction(engine: Engine, transaction: Transaction, writes: readonly Write[], call: Call): Promise<Committed> {
  if (transaction.snapshotTime !== undefined && writes.length > 0) {
    throw invalidArgument('A read-only transaction cannot write.');
  }
  transaction.callBegins();
  try {
    await engine.locks.acquire(transaction, namesOf(writes), call.signal);
    checkQueries(transaction, engine.store);
    return commitWrites(engine, transaction.database, writes);
  } finally {
    transaction.callEnds();
  }
}

type Committed = ReturnType<typeof commitWrites>;

/** A commit outside of a transaction waits for the locks of transactions, and holds its own only while it runs. */
export async function commitAlone(engine: Engine, database: string, writes: readonly Write[], call: Call): Promise<Committed> {
  const owner: LockOwner = { held: new Set(), waiting: new Set(), idleAllowance: () => undefined, wound: () => undefined };
  try {
    await engine.locks.acquire(owner, namesOf(writes), call.signal);
    return commitWrites(engine, database, writes);
  } finally {
    engine.locks.release(owner);
  }
}

function namesOf(writes: readonly Write[]): readonly string[] {
  return writes.map(({ key }) => key.name);
}
