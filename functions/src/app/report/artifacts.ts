/** The reports of a sync: what each is made of, and how often it is written. */
import { HEARTBEAT_MINUTES, heartbeatOf } from '../../domain/alerts/heartbeats.ts';
import { markOf } from '../../domain/telemetry/artifact-due.ts';
import { EXECUTION_HEALTH_MINUTES, executionHealthOf, executionMark } from '../../domain/telemetry/execution-health-of.ts';
import { RISK_SNAPSHOT_MINUTES, riskMark, riskSnapshotOf } from '../../domain/telemetry/risk-snapshot-of.ts';
import { RUNTIME_PROBE_MINUTES, probeMark, runtimeProbeOf } from '../../domain/telemetry/runtime-probe-of.ts';
import { SYNCED_STATE_MINUTES, syncedMark, syncedStateOf } from '../../domain/telemetry/synced-state-of.ts';
import type { Writer } from '../../ports/store.ts';
import type { AlertHead } from '../../schema/records/alert.ts';
import { EXECUTION_HEALTH, EXECUTION_HEALTH_ID } from '../../schema/records/execution-health.ts';
import { HEARTBEATS } from '../../schema/records/heartbeat.ts';
import type { OrderRecord } from '../../schema/records/order.ts';
import { RISK_SNAPSHOT, RISK_SNAPSHOT_ID } from '../../schema/records/risk-snapshot.ts';
import { RUNTIME_PROBE, RUNTIME_PROBE_ID } from '../../schema/records/runtime-probe.ts';
import { SYNCED_STATE, SYNCED_STATE_ID } from '../../schema/records/synced-state.ts';
import type { TelemetryState } from '../../schema/records/telemetry.ts';
import type { EpochMs, TradingState } from '../../schema/scalars.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { readRouterHealth } from '../market/read-router-health.ts';
import type { SyncEnd } from './sync-end.ts';
import type { Artifact } from './artifact.ts';

interface About {
  readonly end: SyncEnd;
  readonly tradingState: TradingState;
  readonly startedAt: EpochMs;
  readonly orders: readonly OrderRecord[];
  readonly openIncidents: number;
  readonly alerts: AlertHead | null;
  readonly telemetry: TelemetryState | null;
}

export function artifactsOf(deps: EngineDeps, about: About): readonly Artifact[] {
  const now = deps.clock.now();
  const { end, tradingState, startedAt } = about;
  const { identity, flags, orderGate, venueName: venue, limits, config } = deps;
  const problems = problemsOf(end);
  const beat = heartbeatOf('sync', end.failure !== null ? 'failed' : problems.length > 0 ? 'degraded' : 'ok', problems, startedAt, now);
  const snapshot = riskSnapshotOf({ ...end, tradingState }, limits, config, now);
  const synced = syncedStateOf({ ...end, problems, tradingState }, identity, flags, now);
  const probe = runtimeProbeOf({ identity, flags, orderGate, venue }, now);
  return [
    artifact('heartbeat', [beat.outcome, beat.problems], HEARTBEAT_MINUTES, (writer) => writer.set(HEARTBEATS, 'sync', beat)),
    artifact('risk_snapshot', riskMark(snapshot), RISK_SNAPSHOT_MINUTES, (writer) => writer.set(RISK_SNAPSHOT, RISK_SNAPSHOT_ID, snapshot)),
    artifact('synced_state', syncedMark(synced), SYNCED_STATE_MINUTES, (writer) => writer.set(SYNCED_STATE, SYNCED_STATE_ID, synced)),
    artifact('runtime_probe', probeMark(probe), RUNTIME_PROBE_MINUTES, (writer) => writer.set(RUNTIME_PROBE, RUNTIME_PROBE_ID, probe)),
    executionArtifact(deps, about),
  ];
}

/** Reports that could not be written, each with the cause. */
export function faultLines({ faults }: Pick<TelemetryState, 'faults'>): readonly string[] {
  return Object.entries(faults).map(([name, { cause, count }]) => `${name} not written ${count} times: ${cause}`);
}

/** The router's record is only read when it is due. */
function executionArtifact(deps: EngineDeps, { end, orders, openIncidents, alerts, telemetry }: About): Artifact {
  const now = deps.clock.now();
  const source = {
    orders, openIncidents,
    risk: end.risk,
    problems: problemsOf(end),
    wakeUpsOverdue: end.wakeUpsOverdue,
    openAlerts: Object.values(alerts === null ? {} : alerts.entries).filter(({ resolvedAt }) => resolvedAt === null).length,
    failedDeliveries: alerts === null ? [] : alerts.failedDeliveries,
    telemetryFaults: telemetry === null ? [] : faultLines(telemetry),
  };
  const mark = markOf(executionMark(executionHealthOf({ ...source, routerHealth: null }, deps.config.risk, now)));
  const make = async () => {
    const health = executionHealthOf({ ...source, routerHealth: await readRouterHealth(deps) }, deps.config.risk, now);
    return (writer: Writer) => writer.set(EXECUTION_HEALTH, EXECUTION_HEALTH_ID, health);
  };
  return { name: 'execution_health', mark, everyMinutes: EXECUTION_HEALTH_MINUTES, make };
}

function artifact(name: Artifact['name'], significant: unknown, everyMinutes: number, put: (writer: Writer) => void): Artifact {
  return { name, mark: markOf(significant), everyMinutes, make: () => Promise.resolve(put) };
}

function problemsOf({ problems, failure }: SyncEnd): readonly string[] {
  return [...(problems ?? []), ...(failure === null ? [] : [`sync failed: ${failure}`])];
}
