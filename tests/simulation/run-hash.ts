import { createHash } from 'node:crypto';
import type { ExchangeState } from '../../functions/src/domain/matching/exchange-state.ts';

/** SHA-256 over everything that a run leaves behind: orders and trades of the venue, and every record with its stamp. */
export function runHash(state: ExchangeState, dump: ReadonlyMap<string, unknown>): string {
  const hash = createHash('sha256');
  hash.update(inOrder([state.trades, state.income, state.closedOrders, state.openOrders, state.closedAlgos, state.openAlgos, state.positions, state.assets]));
  for (const path of [...dump.keys()].toSorted()) hash.update(`${path} ${inOrder(dump.get(path))}\n`);
  return hash.digest('hex').slice(0, 16);
}

/** As JSON with sorted keys: how a record was put together is not part of what it says. */
function inOrder(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}
