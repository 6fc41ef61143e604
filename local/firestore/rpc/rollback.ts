import type { UnaryHandler } from './handler.ts';

/** Rolling back a transaction that has already ended changes nothing and succeeds. */
export const rollback: UnaryHandler<{ readonly transaction: Uint8Array }, object> = (engine, request) => {
  const transaction = engine.transactions.find(request.transaction);
  if (transaction !== undefined) engine.transactions.end(transaction);
  return {};
};
