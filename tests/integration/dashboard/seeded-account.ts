/** An account in an embedded Firestore, written through the engine's own store, and the dashboard that shows it. */
import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { Firestore } from '@google-cloud/firestore';
import { createFirestoreStore } from '../../../functions/src/adapters/store-firestore/firestore-store.ts';
import { configText } from '../../../functions/src/config/config-files.ts';
import { configHash } from '../../../functions/src/config/config-hash.ts';
import { loadConfig } from '../../../functions/src/config/load-config.ts';
import type { Store, Transaction } from '../../../functions/src/ports/store.ts';
import { ALERTS } from '../../../functions/src/schema/records/alert.ts';
import { INCIDENTS } from '../../../functions/src/schema/records/incident.ts';
import { NAV_HISTORY } from '../../../functions/src/schema/records/nav-history.ts';
import { NAV_STATE, NAV_STATE_ID } from '../../../functions/src/schema/records/nav-state.ts';
import type { NavState } from '../../../functions/src/schema/records/nav-state.ts';
import { ORDERS } from '../../../functions/src/schema/records/order.ts';
import { POSITIONS_STATE, POSITIONS_STATE_ID } from '../../../functions/src/schema/records/positions-state.ts';
import { PROTECTIONS } from '../../../functions/src/schema/records/protection.ts';
import { EMPTY_RISK_STATE, RISK_STATE, RISK_STATE_ID } from '../../../functions/src/schema/records/risk-state.ts';
import { ROUTER_HEALTH, ROUTER_HEALTH_ID } from '../../../functions/src/schema/records/router-health.ts';
import { TICKS } from '../../../functions/src/schema/records/tick.ts';
import { VETOES } from '../../../functions/src/schema/records/veto.ts';
import { startDashboardServer } from '../../../local/dashboard/dashboard-server.ts';
import { startFirestoreServer } from '../../../local/firestore/server.ts';
import type { FirestoreServer } from '../../../local/firestore/server.ts';
import { PROJECT } from '../../../local/host/stack.ts';
import { dashboardFiles } from '../../../scripts/dashboard/dashboard-files.ts';
import { localSettings } from '../../../scripts/dashboard/dashboard-settings.ts';
import type { Settings } from '../../../dashboard/src/settings.ts';
import { inRepository } from '../../../scripts/deployable/repository.ts';
import { anExposure } from '../../support/builders/an-exposure.ts';
import { anOrderRecord } from '../../support/builders/an-order-record.ts';
import { aDecision, aFlood, aTick, anIncident } from '../../unit/cli/records.ts';

export const NOW = Date.UTC(2026, 2, 10, 15, 30);
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

export const aNav = (changes: Partial<NavState> = {}): NavState => ({
  summary: 'NAV 10480.25 USD', health: 'ok', healthReason: null, navUsd: '10480.25', unexplainedUsd: '0', walletUsd: '10450', unrealizedUsd: '30.25', availableMarginUsd: '9000', highWaterMarkUsd: '10500',
  drawdownPct: '0.188096', maxDrawdownPct: '2.5', dayKey: '2026-03-10', dayOpenNavUsd: '10400', dayLossPct: '0', netTransfersUsd: '0', bookedTransfersUsd: '0', wallet: null, markedSinceAt: 0, valueAt: NOW - 20_000, checkedAt: NOW - 20_000, ...changes,
});

export interface Account {
  readonly firestore: FirestoreServer;
  readonly store: Store;
  /** Milliseconds since 1970 that the store's clock stands at. */
  readonly clock: { now: number };
  readonly settings: Settings;
}

export async function anAccount(cleanUp: AsyncDisposableStack): Promise<Account> {
  const clock = { now: NOW };
  const indexes: unknown = JSON.parse(readFileSync(inRepository('firestore.indexes.json'), 'utf8'));
  const firestore = await startFirestoreServer({ port: 0, indexes, clock: () => clock.now });
  cleanUp.defer(() => firestore.close());
  const client = new Firestore({ projectId: PROJECT, host: firestore.host, ssl: false });
  cleanUp.defer(() => client.terminate());
  const config = loadConfig(configText);
  const stamp = { engineVersion: '0.1.0', configHash: configHash(config), flags: 'none', runId: () => 'run-1', now: () => clock.now };
  const store = createFirestoreStore({ namespace: 'paper', stamp, firestore: client });
  return { firestore, store, clock, settings: { ...localSettings(config, PROJECT), pollSeconds: 0.2 } };
}

/** The page of an account; `control` answers its questions. */
export async function serve(cleanUp: AsyncDisposableStack, { firestore }: Account, settings: Settings, control: RequestListener | null = null): Promise<string> {
  const server = await startDashboardServer({ port: 0, files: await dashboardFiles(settings), firestoreHost: firestore.host, control });
  cleanUp.defer(() => server.close());
  return server.url;
}

/** Some days of NAV, a protected and an unprotected position, orders, refusals, an incident and ticks. */
export async function fill({ store }: Account, days = 1): Promise<void> {
  for (let day = 0; day <= days; day += 1) await store.transact(async (tx) => writeDay(tx, NOW - day * DAY_MS));
  await store.transact(async (tx) => {
    tx.set(NAV_STATE, NAV_STATE_ID, aNav());
    writePositions(tx);
    tx.set(ALERTS, 'unprotected', {
      summary: 'ETHUSDT short is unprotected', kind: 'unprotectedPosition', severity: 'critical', subject: 'ETHUSDT-short', detail: 'the venue refused the stop', action: 'close the position, or set its stop by hand',
      raisedAt: NOW - 3 * MINUTE_MS, resolvedAt: null, reopened: 0, notice: { number: 1, kind: 'raised', text: 'ETHUSDT short is unprotected', at: NOW - 3 * MINUTE_MS }, deliveries: {}, expireAt: NOW + DAY_MS,
    });
    tx.set(INCIDENTS, 'mismatch', anIncident({ openedAt: NOW - DAY_MS, lastSeenAt: NOW - MINUTE_MS }));
    tx.set(VETOES, 'flood', aFlood({ firstAt: NOW - DAY_MS, lastAt: NOW - MINUTE_MS, expireAt: NOW + DAY_MS }));
    tx.set(ROUTER_HEALTH, ROUTER_HEALTH_ID, {
      summary: '1 symbol', windowDays: 7, routesReadUntilAt: NOW - 5 * MINUTE_MS, computedAt: NOW - 5 * MINUTE_MS,
      symbols: { BTCUSDT: {
        symbol: 'BTCUSDT', samples: 40, executedSamples: 39, isWarmup: true, warmupReason: '40 of 200', makerShare: 0.7, makerStarts: 40, startedMakerShare: 0.7, fallbackRatio: 0.2, rejectionRatio: 0.05, slippageP25Bps: -1, slippageP50Bps: 0.4, slippageP75Bps: 1.2,
        slippageP95Bps: 3.5, ackLatencyP50Ms: 80, ackLatencyP95Ms: 240, quality: 'good', regime: 'maker_strong', makerFirst: true, takerBias: 'prefer_maker', offsetBps: 0.5, reason: 'makers fill',
      } },
    });
    for (let index = 0; index < 12; index += 1) {
      tx.set(ORDERS, `pc-${index}`, anOrderRecord({ clientOrderId: `pc-${index}`, symbol: index % 2 === 0 ? 'BTCUSDT' : 'ETHUSDT', status: index === 0 ? 'working' : 'filled', armedAt: NOW - index * 7 * MINUTE_MS - 5000, ackedAt: NOW - index * 7 * MINUTE_MS - 4900, terminalAt: index === 0 ? null : NOW - index * 7 * MINUTE_MS }));
    }
    for (let index = 0; index < 40; index += 1) {
      const startedAt = NOW - index * MINUTE_MS - 10_000;
      tx.set(TICKS, `screen-${index}`, aTick({ tickId: `screen-${index}`, scheduledAt: startedAt - 40, startedAt, finishedAt: startedAt + 180 + (index % 7) * 30, outcome: index === 9 ? 'degraded' : 'ok', problems: index === 9 ? ['book of BTCUSDT unavailable'] : [], decisions: [aDecision()] }));
    }
  });
}

function writeDay(tx: Transaction, at: number): void {
  const midnight = Math.floor(at / DAY_MS) * DAY_MS;
  const minutes = Array.from({ length: Math.min(1440, Math.floor((NOW - midnight) / MINUTE_MS)) }, (_, minute) => minute);
  const day = new Date(at).toISOString().slice(0, 10).replaceAll('-', '');
  const waves = minutes.map((minute) => Math.sin((midnight / MINUTE_MS + minute) / 900) * 120 + Math.sin((midnight / MINUTE_MS + minute) / 70) * 20);
  tx.set(NAV_HISTORY, day, { day, minutes, navUsd: waves.map((wave) => (10_360 + wave).toFixed(2)), drawdownPct: waves.map((wave) => ((140 - wave) / 105).toFixed(4)), netTransfersUsd: minutes.map(() => '0'), lastPointAt: midnight });
}

function writePositions(tx: Transaction): void {
  const item = { symbol: 'BTCUSDT', positionSide: 'long' as const, qty: '0.02', ledgerQty: '0.02', entryPrice: '100000', markPrice: '101512.5', notionalUsd: '2030.25', unrealizedUsd: '30.25', liquidationPrice: '70211.123456789' };
  const short = { ...item, symbol: 'ETHUSDT', positionSide: 'short' as const, qty: '0.3', ledgerQty: '0.3', entryPrice: '3000', markPrice: '3010', notionalUsd: '903', unrealizedUsd: '-3', liquidationPrice: null };
  tx.set(POSITIONS_STATE, POSITIONS_STATE_ID, { summary: '2 positions', health: 'ok', items: [item, short], grossUsd: '2933.25', netUsd: '1127.25', ledgerAgrees: true, disagreements: [], valueAt: NOW - 20_000, checkedAt: NOW - 20_000 });
  tx.set(PROTECTIONS, 'BTCUSDT-long', { summary: 'stop', symbol: 'BTCUSDT', positionSide: 'long', openedAt: NOW - DAY_MS, sent: [], resting: [{ clientStopId: 's', kind: 'stopLoss', triggerPrice: '98000' }, { clientStopId: 't', kind: 'takeProfit', triggerPrice: '106000' }], unprotectedSinceAt: null, reason: null, bestPrice: null, changedAt: NOW });
  tx.set(PROTECTIONS, 'ETHUSDT-short', { summary: 'none', symbol: 'ETHUSDT', positionSide: 'short', openedAt: NOW - DAY_MS, sent: [], resting: [], unprotectedSinceAt: NOW - 4 * MINUTE_MS, reason: 'the venue refused the stop', bestPrice: null, changedAt: NOW });
  tx.set(RISK_STATE, RISK_STATE_ID, {
    ...EMPTY_RISK_STATE,
    exposures: { 'BTCUSDT-long': anExposure({ qty: '0.02', markPrice: '101512.5' }), 'ETHUSDT-short': anExposure({ symbol: 'ETHUSDT', positionSide: 'short', qty: '0.3', markPrice: '3010' }) },
    reservations: { i1: { intentId: 'i1', symbol: 'BTCUSDT', positionSide: 'long', tier: 'CORE', strategy: 'zscore-5m', side: 'buy', purpose: 'increase', qty: '0.005', price: '101500', reservedAt: NOW } },
  });
}
