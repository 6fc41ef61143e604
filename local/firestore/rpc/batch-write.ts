import { status } from '@grpc/grpc-js';
import type { Call, Engine } from '../engine.ts';
import { parseDatabase } from '../paths/resource-path.ts';
import type { WireStatus, WireWrite, WireWriteResult } from '../protocol/messages.ts';
import { invalidArgument, statusOf } from '../protocol/status.ts';
import { parseWrites } from '../writes/write.ts';
import { commitAlone, resultToWire } from './commit.ts';
import type { UnaryHandler } from './handler.ts';

interface Request {
  readonly database: string;
  readonly writes: readonly WireWrite[];
}

interface Response {
  readonly writeResults: readonly WireWriteResult[];
  readonly status: readonly WireStatus[];
}

interface Attempt {
  readonly writeResult: WireWriteResult;
  readonly status: WireStatus;
}

/** Each write succeeds or fails by itself; no document may be written twice. */
export const batchWrite: UnaryHandler<Request, Response> = async (engine, request, call) => {
  const database = parseDatabase(request.database);
  const names = request.writes.map(({ update, delete: deleted, transform }) => update?.name ?? transform?.document ?? deleted);
  if (new Set(names).size < names.length) throw invalidArgument('A BatchWrite may write to each document only once.');
  const attempts = await Promise.all(request.writes.map((write) => attempt(engine, database, write, call)));
  return { writeResults: attempts.map(({ writeResult }) => writeResult), status: attempts.map((made) => made.status) };
};

async function attempt(engine: Engine, database: string, wire: WireWrite, call: Call): Promise<Attempt> {
  try {
    const { outcomes } = await commitAlone(engine, database, parseWrites([wire], database), call);
    const [outcome] = outcomes.map(resultToWire);
    return { writeResult: outcome ?? NO_RESULT, status: { code: status.OK, message: '' } };
  } catch (error) {
    return { writeResult: NO_RESULT, status: statusOf(error) };
  }
}

const NO_RESULT: WireWriteResult = { updateTime: null, transformResults: [] };
