import { parseDatabase } from '../paths/resource-path.ts';
import type { WireTransactionOptions } from '../protocol/messages.ts';
import type { UnaryHandler } from './handler.ts';

interface Request {
  readonly database: string;
  readonly options: WireTransactionOptions | null;
}

export const beginTransaction: UnaryHandler<Request, { readonly transaction: Uint8Array }> = (engine, request, call) => {
  const { id } = engine.transactions.begin(parseDatabase(request.database), request.options, call.peer);
  return { transaction: id };
};
