/**
 * Tells how the account and the engine fare, after the trading work of every sync: the reports in `state/*`, alerts, and
 * their delivery. Nothing here can fail a sync.
 *
 * 1. A report that cannot be written stops no other; it is counted, logged and raises an alert.
 * 2. Reports are written when they say something new, and now and then; a quiet sync reads one batch and writes nothing.
 * 3. Alerts come last: what they change is in the reports of the next sync.
 */
import { conditionsOf } from '../../domain/alerts/conditions.ts';
import { tradingStateAt } from '../../domain/risk/trading-state.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { artifactsOf, faultLines } from './artifacts.ts';
import { probeAtStart } from './probe-at-start.ts';
import { readBefore } from './read-before.ts';
import { settleIncidents } from './settle-incidents.ts';
import type { SyncEnd } from './sync-end.ts';
import { tellAlerts } from './tell-alerts.ts';
import { writeArtifacts } from './write-artifacts.ts';

export async function report(deps: EngineDeps, startedAt: EpochMs, end: SyncEnd): Promise<void> {
  try {
    await reportAll(deps, startedAt, end);
  } catch (error) {
    deps.log.reportFailed(error instanceof Error ? error.message : String(error));
  }
}

async function reportAll(deps: EngineDeps, startedAt: EpochMs, end: SyncEnd): Promise<void> {
  const before = await deps.step('report.read', () => readBefore(deps, end.risk));
  const incidents = await settleIncidents(deps, before.incidents, before.openIncidents, end);
  const tradingState = tradingStateAt(before.control, startedAt);
  const about = { ...before, end, tradingState, startedAt, openIncidents: incidents.length };
  const telemetry = await writeArtifacts(deps, artifactsOf(deps, about), before.telemetry, startedAt);
  const facts = {
    ...end,
    incidents,
    incidentsRead: { ids: new Set(before.incidents.open.map(({ id }) => id)), cutKinds: before.incidents.cutKinds },
    heartbeats: before.heartbeats,
    refusals: [...(before.screen === null ? [] : before.screen.refusals), ...(before.learning === null ? [] : before.learning.refusals)],
    telemetryFaults: faultLines(telemetry),
    sinceAt: telemetry.sinceAt,
  };
  await tellAlerts(deps, conditionsOf(facts, deps.config, deps.clock.now()), before.alerts);
  await probeAtStart(deps, before.venueProbe);
}
