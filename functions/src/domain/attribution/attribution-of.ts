/** The one record that explains an intent from signal to result. Sums come from the intent, which booked them. */
import { decimal, text } from '../money/decimal.ts';
import { averagePriceOf, slippageBpsOf } from '../routing/execution-of.ts';
import type { AttributionRecord } from '../../schema/records/attribution.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';
import type { EpochMs } from '../../schema/scalars.ts';

export function attributionOf(intent: IntentRecord, outcome: AttributionRecord['outcome'], terminalAt: EpochMs): AttributionRecord {
  const executed = decimal(intent.executedQty);
  const average = averagePriceOf(intent);
  const why = outcome === 'vetoed' ? intent.vetoes.map((veto) => veto.code).join(', ') : (intent.statusReason ?? '');
  return {
    summary: `${intent.purpose} ${intent.positionSide} ${intent.symbol}: ${outcome}, ${intent.executedQty} of ${intent.qty} (${why})`,
    intentId: intent.intentId,
    symbol: intent.symbol,
    side: intent.side,
    positionSide: intent.positionSide,
    purpose: intent.purpose,
    strategy: intent.signal?.strategy ?? null,
    outcome,
    outcomeReason: intent.statusReason,
    signal: intent.signal,
    sizing: intent.sizing,
    vetoes: intent.vetoes,
    policy: intent.policy,
    approvedQty: outcome === 'vetoed' ? '0' : intent.qty,
    executedQty: intent.executedQty,
    averagePrice: average === null ? null : text(average),
    makerQty: intent.makerQty,
    takerQty: text(executed.minus(intent.makerQty)),
    feesUsd: intent.feesUsd,
    realizedPnlUsd: intent.realizedPnlUsd,
    slippageBps: slippageBpsOf(intent),
    attempts: intent.endedAttempts,
    createdAt: intent.createdAt,
    terminalAt,
  };
}
