/** Records of the scenario's account, for commands to read. */
import { ALL_FLAGS_OFF } from '../../../functions/src/schema/feature-flags.ts';
import type { AlertRecord } from '../../../functions/src/schema/records/alert.ts';
import type { AttributionRecord } from '../../../functions/src/schema/records/attribution.ts';
import type { FillRecord } from '../../../functions/src/schema/records/fill.ts';
import type { Heartbeat, ScheduledJob } from '../../../functions/src/schema/records/heartbeat.ts';
import type { IncidentRecord } from '../../../functions/src/schema/records/incident.ts';
import type { MarketMetadata } from '../../../functions/src/schema/records/market-metadata.ts';
import type { RuntimeProbe } from '../../../functions/src/schema/records/runtime-probe.ts';
import type { TelemetryState } from '../../../functions/src/schema/records/telemetry.ts';
import type { DecisionRecord, TickRecord } from '../../../functions/src/schema/records/tick.ts';
import type { SignalRecord, SizingRecord, VetoRecord } from '../../../functions/src/schema/records/verdict.ts';
import type { VetoFlood } from '../../../functions/src/schema/records/veto.ts';
import { venueProbeOf } from '../../../functions/src/domain/telemetry/venue-probe-of.ts';
import type { Reach, VenueProbe } from '../../../functions/src/schema/records/venue-probe.ts';
import { toRecord } from '../../../functions/src/domain/market/instrument-record.ts';
import { BRACKETS, NOW, anInstrument } from '../domain/risk/scenario.ts';

export const aSignal = (changes: Partial<SignalRecord> = {}): SignalRecord => ({
  strategy: 'zscore-5m', timeframe: '5m', candleCloseAt: NOW, action: 'enter', indicator: 'z', value: -2.3456789, threshold: -2, ...changes,
});

export const aVeto = (changes: Partial<VetoRecord> = {}): VetoRecord => ({
  code: 'tier_cap', observed: '31.5', limit: '30', unit: 'pct', configPath: 'risk.json:tiers.CORE.maxExposurePct', ...changes,
});

export const aSizing = (changes: Partial<SizingRecord> = {}): SizingRecord => ({
  outcome: 'pass', reason: null, suggestedUsd: '1200', multipliers: [], finalUsd: '1000',
  clamps: [{ name: 'trade_gt_max_trade_nav_pct', beforeUsd: '1200', afterUsd: '1000', configPath: 'risk.json:maxTradeNavPct' }],
  ...changes,
});

export const aDecision = (changes: Partial<DecisionRecord> = {}): DecisionRecord => ({
  symbol: 'BTCUSDT', strategy: 'zscore-5m', positionSide: null, outcome: 'noSignal', reason: 'close is not stretched', signal: null, sizing: null, bookAligned: null, vetoes: [], intentId: null, ...changes,
});

export const aTick = (changes: Partial<TickRecord> = {}): TickRecord => ({
  tickId: 'screen-1', job: 'screen', summary: '1 candles, 0 signals', outcome: 'ok', problems: [], scheduledAt: NOW, startedAt: NOW, finishedAt: NOW + 12,
  decisions: [], signals: 0, intents: 0, swept: 0, navUsd: '10000', cost: null, expireAt: NOW + 86_400_000, ...changes,
});

export const aFlood = (changes: Partial<VetoFlood> = {}): VetoFlood => ({
  summary: '', symbol: 'BTCUSDT', strategy: 'zscore-5m', side: 'buy', positionSide: 'long', stage: 'screen', vetoes: [aVeto()], count: 7, firstAt: NOW - 3_600_000, lastAt: NOW - 60_000, expireAt: NOW + 86_400_000, ...changes,
});

export const aFillRecord = (changes: Partial<FillRecord> = {}): FillRecord => ({
  tradeId: '1', symbol: 'BTCUSDT', venueOrderId: '900', clientOrderId: 'pc-mine-m1', intentId: 'mine', side: 'buy', positionSide: 'long', qty: '5', price: '99.9', isMaker: true,
  feeAmount: '0.0999', feeAsset: 'USDT', feeUsd: '0.0999', feeRateUsd: '1', realizedPnlUsd: '0', venueRealizedPnlUsd: '0', filledAt: NOW, ...changes,
});

export const anAttribution = (changes: Partial<AttributionRecord> = {}): AttributionRecord => ({
  summary: 'open long BTCUSDT: settled, 5 of 5 (filled)', intentId: 'mine', symbol: 'BTCUSDT', side: 'buy', positionSide: 'long', purpose: 'open', strategy: 'zscore-5m', outcome: 'settled', outcomeReason: 'filled',
  signal: null, sizing: null, vetoes: [], policy: null, approvedQty: '5', executedQty: '5', averagePrice: '99.9', makerQty: '5', takerQty: '0', feesUsd: '0.0999', realizedPnlUsd: '0', slippageBps: -10, attempts: [],
  createdAt: NOW - 1000, terminalAt: NOW, ...changes,
});

export const anIncident = (changes: Partial<IncidentRecord> = {}): IncidentRecord => ({
  kind: 'ledgerMismatch', summary: 'BTCUSDT-long: ledger says 1, venue says 2', symbol: 'BTCUSDT', intentId: null, ours: '1', venues: '2', action: 'Compare fills with the trade history.',
  openedAt: NOW - 7_200_000, lastSeenAt: NOW - 60_000, seen: 120, resolvedAt: null, ...changes,
});

export const anAlert = (changes: Partial<AlertRecord> = {}): AlertRecord => ({
  summary: 'critical: navStale: NAV has not been read for 200 s', kind: 'navStale', severity: 'critical', subject: null, detail: 'NAV has not been read for 200 s', action: 'Read the problems in state/execution_health.',
  raisedAt: NOW - 3_600_000, resolvedAt: null, reopened: 0, notice: { number: 1, kind: 'raised', text: 'CRITICAL navStale', at: NOW - 3_600_000 }, deliveries: {}, expireAt: NOW + 86_400_000, ...changes,
});

export const aHeartbeat = (job: ScheduledJob, changes: Partial<Heartbeat> = {}): Heartbeat => ({
  summary: `${job} ran, ok`, job, outcome: 'ok', problems: [], lastRunAt: NOW - 60_000, tookMs: 900, writtenEveryMinutes: 5, ...changes,
});

export const aRuntimeProbe = (changes: Partial<RuntimeProbe> = {}): RuntimeProbe => ({
  summary: 'version 1.2.3', tradingEnv: 'paper', namespace: 'paper', projectId: null, region: 'asia-northeast1', venue: 'binance-usdm', nodeVersion: 'v24.21.0', featureFlags: ALL_FLAGS_OFF,
  allowProdWrite: false, allowProdSync: false, orderGate: 'open', recordGate: 'open', probedAt: NOW - 600_000, writtenEveryMinutes: 60, ...changes,
});

export const aTelemetryState = (changes: Partial<TelemetryState> = {}): TelemetryState => ({ summary: '5 reports', artifacts: { heartbeat: { mark: 'm', writtenAt: NOW - 60_000 } }, faults: {}, sinceAt: NOW - 86_400_000, ...changes });

export const aVenueProbe = (reach: Reach): VenueProbe =>
  venueProbeOf({ venue: 'binance-usdm', askedFrom: 'asia-northeast1', deployment: '1.2.3 abc', symbol: 'BTCUSDT', parts: [{ part: 'quotes', reach, tookMs: 12, cause: reach === 'answered' ? null : 'venue answered HTTP 451' }], probedAt: NOW - 60_000 });

export const theMarkets = (): MarketMetadata => ({ instruments: [toRecord(anInstrument())], positionMode: 'hedge', brackets: BRACKETS, fetchedAt: NOW });
