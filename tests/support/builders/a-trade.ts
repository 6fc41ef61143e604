import { decimalOfStatistic, text } from '../../../functions/src/domain/money/decimal.ts';
import type { RoutedTrade } from '../../../functions/src/domain/learning/learning-days.ts';
import type { RouteRecord } from '../../../functions/src/schema/records/route-record.ts';
import type { RouterMetrics } from '../../../functions/src/schema/records/router-health.ts';
import type { TradeRecord } from '../../../functions/src/schema/records/trade.ts';
import { tradeId } from '../../../functions/src/schema/records/trade.ts';

/** 15 January 2026, noon in UTC. */
export const TRADED_AT = Date.UTC(2026, 0, 15, 12);

/** Amounts as numbers, for tables. */
export interface TradeOf {
  readonly netUsd?: number;
  readonly notionalUsd?: number;
  readonly feesUsd?: number;
  readonly symbol?: string;
  readonly strategy?: string | null;
  readonly openedAt?: number;
  readonly closedAt?: number;
  readonly intentIds?: readonly string[];
}

const amount = (value: number): string => text(decimalOfStatistic(value, 8));

/** 10 dollars won net of 1 dollar of fees on 1,000 dollars of BTCUSDT, held for ten minutes, unless told otherwise. */
export function aTrade(of: TradeOf = {}): TradeRecord {
  const { netUsd = 10, notionalUsd = 1000, feesUsd = 1, closedAt = TRADED_AT, openedAt = closedAt - 600_000 } = of;
  return {
    summary: '',
    symbol: of.symbol ?? 'BTCUSDT',
    positionSide: 'long',
    strategy: of.strategy === undefined ? 'zscore-5m' : of.strategy,
    openedBy: 'fill',
    intentIds: [...(of.intentIds ?? [])],
    closedBy: 'intent',
    qty: '0.02',
    entryNotionalUsd: amount(notionalUsd),
    averageEntryPrice: '50000',
    averageExitPrice: '50550',
    realizedPnlUsd: amount(netUsd + feesUsd),
    feesUsd: amount(feesUsd),
    fundingUsd: '0',
    netPnlUsd: amount(netUsd),
    openedAt,
    closedAt,
  };
}

export const idOf = (trade: TradeRecord): string => tradeId(trade.symbol, trade.positionSide, trade.openedAt, trade.openedBy);

export const routed = (trade: TradeRecord, entryRoute: RouteRecord | null = null): RoutedTrade => ({ id: idOf(trade), trade, entryRoute });

/** An entry of BTCUSDT that its maker order filled whole, half a basis point dear. */
export function aRoute(changes: Partial<RouteRecord> = {}): RouteRecord {
  return {
    summary: '',
    intentId: 'mine',
    symbol: 'BTCUSDT',
    side: 'buy',
    positionSide: 'long',
    purpose: 'open',
    strategy: 'zscore-5m',
    outcome: 'settled',
    policy: { quality: 'good', makerFirst: true, takerBias: 'prefer_maker', offsetBps: 1, source: 'routerHealth', reason: 'good' },
    startedMaker: true,
    route: 'maker',
    usedFallback: false,
    attempts: 1,
    slices: 1,
    postOnlyRejections: 0,
    rejections: 0,
    requotes: 0,
    cancels: 0,
    approvedQty: '0.02',
    executedQty: '0.02',
    makerQty: '0.02',
    executedNotionalUsd: '1000',
    feesUsd: '0.2',
    arrivalMid: '50000',
    averagePrice: '50002.5',
    slippageBps: 0.5,
    ackLatencyMs: 80,
    workedMs: 5000,
    approvedAt: TRADED_AT - 605_000,
    endedAt: TRADED_AT - 600_000,
    expireAt: TRADED_AT + 86_400_000,
    ...changes,
  };
}

/** A router that has routed enough, and fills most of its maker orders. */
export function someMetrics(changes: Partial<RouterMetrics> = {}): RouterMetrics {
  return {
    symbol: 'BTCUSDT',
    samples: 250,
    executedSamples: 240,
    isWarmup: false,
    warmupReason: null,
    makerShare: 0.6,
    makerStarts: 240,
    startedMakerShare: 0.6,
    fallbackRatio: 0.3,
    rejectionRatio: 0,
    slippageP25Bps: 0,
    slippageP50Bps: 1,
    slippageP75Bps: 2,
    slippageP95Bps: 3,
    ackLatencyP50Ms: 80,
    ackLatencyP95Ms: 200,
    quality: 'ok',
    regime: 'balanced',
    makerFirst: true,
    takerBias: 'balanced',
    offsetBps: 2,
    reason: 'ok',
    ...changes,
  };
}
