import type { EpochMs } from '../schema/scalars.ts';
import { usdText } from './amount-text.ts';
import type { IntentStory } from '../app/inspect/read-intent-story.ts';
import { left, right, tableLines } from './table.ts';
import { ageText, isoText, timeText } from './time-text.ts';
import { vetoLines } from './veto-lines.ts';

export function intentStoryLines({ intent, orders, fills, attribution }: IntentStory, now: EpochMs): readonly string[] {
  const reason = intent.statusReason === null ? '' : ` (${intent.statusReason})`;
  const ended = intent.terminalAt === null ? `expires ${ageText(intent.expiresAt, now)}` : `ended ${timeText(intent.terminalAt, now)}`;
  return [
    `intent ${intent.intentId}: ${intent.status}${reason}, ${intent.purpose} ${intent.positionSide}, ${intent.side} ${intent.qty} sized at ${intent.referencePrice}, ${ended}`,
    ...vetoLines(intent.vetoes),
    ...orderLines(orders, now),
    ...fillLines(fills),
    ...(attribution === null ? [] : [`attribution: ${attribution.summary}`]),
  ];
}

function orderLines(orders: IntentStory['orders'], now: EpochMs): readonly string[] {
  if (orders.length === 0) return ['no order was armed'];
  return tableLines(
    [left('order'), left('leg'), left('status'), left('reason'), right('qty'), right('filled'), right('price'), left('armed')],
    orders.map(({ clientOrderId, leg, status, statusReason, qty, executedQty, price, armedAt }) => [
      clientOrderId, leg, status, statusReason ?? '-', qty, executedQty, price ?? 'market', timeText(armedAt, now),
    ]),
  );
}

function fillLines(fills: IntentStory['fills']): readonly string[] {
  if (fills.length === 0) return [];
  return tableLines(
    [left('fill'), left('role'), right('qty'), right('price'), right('fee USD'), right('realised USD'), left('at')],
    fills.map(({ tradeId, isMaker, qty, price, feeUsd, realizedPnlUsd, filledAt }) => [
      tradeId, isMaker ? 'maker' : 'taker', qty, price, feeUsd, usdText(realizedPnlUsd), isoText(filledAt),
    ]),
  );
}
