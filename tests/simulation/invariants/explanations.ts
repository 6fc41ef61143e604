/**
 * What every trade and every correction has to say for itself: an intent's attribution is the sum of its fills, and the
 * ledger was never set right by an adjustment, because every trade of the simulated venue can be read in the end.
 */
import { decimal, sum, text } from '../../../functions/src/domain/money/decimal.ts';
import type { FinalRecords } from '../records-of-dump.ts';

export function unexplained({ attribution, fills, adjustments, intents }: FinalRecords): readonly string[] {
  const byIntent = Map.groupBy(fills, (fill) => fill.intentId);
  const sums = attribution.flatMap((told) => {
    const own = byIntent.get(told.intentId) ?? [];
    const fees = text(sum(own.map((fill) => decimal(fill.feeUsd))));
    const realized = text(sum(own.map((fill) => decimal(fill.realizedPnlUsd))));
    const agree = decimal(told.feesUsd).eq(fees) && decimal(told.realizedPnlUsd).eq(realized);
    return agree ? [] : [`attribution of ${told.intentId} tells fees ${told.feesUsd} and result ${told.realizedPnlUsd}, its fills ${fees} and ${realized}`];
  });
  const known = new Set(intents.map((intent) => intent.intentId));
  return [
    ...sums,
    ...fills.filter((fill) => fill.intentId !== null && !known.has(fill.intentId)).map((fill) => `fill ${fill.tradeId} names intent ${fill.intentId}, which does not exist`),
    ...adjustments.map((adjustment) => `adjusted though every trade can be read: ${adjustment.summary}`),
  ];
}
