/** How an intent was worked, from its own record: the attempts that have ended are all on it when it settles. */
import { decimal, isPositive, isZero, text } from '../money/decimal.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';
import type { RouteRecord } from '../../schema/records/route-record.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { isRefusedPostOnly } from '../order/post-only.ts';
import { approvedPolicy } from './approved-policy.ts';
import { averagePriceOf, slippageBpsOf } from './execution-of.ts';
import { sliceCount } from './slices.ts';

type Attempt = IntentRecord['endedAttempts'][number];

/** Throws for an intent that was never approved: it had no route. */
export function routeOf(intent: IntentRecord, outcome: RouteRecord['outcome'], endedAt: EpochMs, keptMs: number): RouteRecord {
  const approvedAt = intent.approvedAt ?? intent.createdAt;
  const average = averagePriceOf(intent);
  const sent = intent.endedAttempts.filter((attempt) => attempt.status !== 'absent');
  const startedMaker = (sent[0] ?? intent.endedAttempts[0])?.leg === 'maker';
  const route = executedAs(intent);
  const usedFallback = startedMaker && sent.some((attempt) => attempt.leg === 'taker');
  return {
    summary: `${intent.purpose} ${intent.positionSide} ${intent.symbol}: ${outcome}, ${intent.executedQty} of ${intent.qty} by ${route}${usedFallback ? ' after a fallback' : ''}`,
    intentId: intent.intentId,
    symbol: intent.symbol,
    side: intent.side,
    positionSide: intent.positionSide,
    purpose: intent.purpose,
    strategy: intent.signal?.strategy ?? null,
    outcome,
    policy: approvedPolicy(intent),
    startedMaker,
    route,
    usedFallback,
    attempts: intent.attempts,
    slices: sliceCount(intent),
    postOnlyRejections: sent.filter(isRefusedPostOnly).length,
    rejections: sent.filter((attempt) => attempt.status === 'rejected').length,
    requotes: requotesOf(sent),
    cancels: sent.filter((attempt) => attempt.status === 'canceled').length,
    approvedQty: intent.qty,
    executedQty: intent.executedQty,
    makerQty: intent.makerQty,
    executedNotionalUsd: intent.executedQuoteUsd,
    feesUsd: intent.feesUsd,
    arrivalMid: intent.arrivalMid,
    averagePrice: average === null ? null : text(average),
    slippageBps: slippageBpsOf(intent),
    ackLatencyMs: sent.find((attempt) => attempt.ackLatencyMs !== null)?.ackLatencyMs ?? null,
    workedMs: Math.max(0, endedAt - approvedAt),
    approvedAt,
    endedAt,
    expireAt: endedAt + keptMs,
  };
}

/** By the venue's maker flags. */
function executedAs({ executedQty, makerQty }: IntentRecord): RouteRecord['route'] {
  if (!isPositive(decimal(executedQty))) return 'none';
  if (isZero(decimal(makerQty))) return 'taker';
  return decimal(makerQty).eq(executedQty) ? 'maker' : 'mixed';
}

/** Maker attempts after the first one of each slice. */
function requotesOf(sent: readonly Attempt[]): number {
  const makers = sent.filter((attempt) => attempt.leg === 'maker');
  return makers.length - new Set(makers.map((attempt) => attempt.slice)).size;
}
