/** What a run decided, one line each: what was asked of the venue and what became of it, and what was refused and why. */
import { createHash } from 'node:crypto';
import type { IntentRecord } from '../../functions/src/schema/records/intent.ts';
import type { OrderRecord } from '../../functions/src/schema/records/order.ts';
import type { TickRecord } from '../../functions/src/schema/records/tick.ts';

/** Every order in the order of arming. */
export function orderLines(orders: readonly OrderRecord[]): readonly string[] {
  return orders
    .toSorted((a, b) => a.armedAt - b.armedAt || (a.clientOrderId < b.clientOrderId ? -1 : 1))
    .map((order) =>
      [order.clientOrderId, order.armedAt, order.symbol, order.side, order.positionSide, order.type, order.timeInForce, order.price, order.qty, order.status, order.executedQty].join(','),
    );
}

/** Every veto stack, the screener's by tick and the executor's by intent. */
export function vetoLines(ticks: readonly TickRecord[], intents: readonly IntentRecord[]): readonly string[] {
  const screened = ticks.flatMap((tick) =>
    tick.decisions.filter(({ vetoes }) => vetoes.length > 0).map(({ symbol, strategy, vetoes }) => [tick.scheduledAt, symbol, strategy, ...vetoes.map(vetoText)].join(',')),
  );
  const executed = intents.filter(({ vetoes }) => vetoes.length > 0).map(({ createdAt, intentId, vetoes }) => [createdAt, intentId, ...vetoes.map(vetoText)].join(','));
  return [...screened, ...executed].toSorted();
}

const vetoText = ({ code, observed, limit }: IntentRecord['vetoes'][number]): string => `${code} ${observed ?? '-'}/${limit ?? '-'}`;

/** SHA-256 over the lines. */
export function listHash(lines: readonly string[]): string {
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}
