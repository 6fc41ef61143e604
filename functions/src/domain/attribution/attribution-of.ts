/** The one record that explains an intent from signal to result. Sums come from the intent, which booked them. */
import { decimal, divide, isPositive, text, toStatistic } from '../money/decimal.ts';
import type { Decimal } from '../money/decimal.ts';
import type { AttributionRecord } from '../../schema/records/attribution.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';
import type { EpochMs } from '../../schema/scalars.ts';

const PRICE_PLACES = 12;

export function attributionOf(intent: IntentRecord, outcome: AttributionRecord['outcome'], terminalAt: EpochMs): AttributionRecord {
  const executed = decimal(intent.executedQty);
  const average = isPositive(executed) ? divide(decimal(intent.executedQuoteUsd), executed, PRICE_PLACES, 'half-even') : null;
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
    approvedQty: outcome === 'vetoed' ? '0' : intent.qty,
    executedQty: intent.executedQty,
    averagePrice: average === null ? null : text(average),
    makerQty: intent.makerQty,
    takerQty: text(executed.minus(intent.makerQty)),
    feesUsd: intent.feesUsd,
    realizedPnlUsd: intent.realizedPnlUsd,
    slippageBps: average === null || intent.arrivalMid === null ? null : slippageBps(intent, average, decimal(intent.arrivalMid)),
    attempts: intent.endedAttempts,
    createdAt: intent.createdAt,
    terminalAt,
  };
}

/** (average - arrival mid) / arrival mid in basis points, positive when it cost us. */
function slippageBps(intent: IntentRecord, average: Decimal, mid: Decimal): number {
  const difference = intent.side === 'buy' ? average.minus(mid) : mid.minus(average);
  return toStatistic(divide(difference.times('10000'), mid, 4, 'half-even'));
}
