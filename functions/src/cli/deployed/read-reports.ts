/** What sync and its fellows report of themselves, as the newest reports have it. */
import { readOpenAlerts } from '../../app/inspect/read-alerts.ts';
import type { ListedAlert } from '../../app/inspect/read-alerts.ts';
import type { Inspection } from '../../compose/start-inspection.ts';
import { ALERT_HEAD, ALERT_HEAD_ID } from '../../schema/records/alert.ts';
import type { AlertHead } from '../../schema/records/alert.ts';
import { HEARTBEATS } from '../../schema/records/heartbeat.ts';
import type { Heartbeat } from '../../schema/records/heartbeat.ts';
import { RISK_STATE, RISK_STATE_ID } from '../../schema/records/risk-state.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import { RUNTIME_PROBE, RUNTIME_PROBE_ID } from '../../schema/records/runtime-probe.ts';
import type { RuntimeProbe } from '../../schema/records/runtime-probe.ts';
import { TELEMETRY_STATE, TELEMETRY_STATE_ID } from '../../schema/records/telemetry.ts';
import type { TelemetryState } from '../../schema/records/telemetry.ts';
import { VENUE_PROBE, VENUE_PROBE_ID } from '../../schema/records/venue-probe.ts';
import type { VenueProbe } from '../../schema/records/venue-probe.ts';
import { readRequestBudget } from '../request-budget.ts';
import type { RequestBudgetReading } from '../request-budget.ts';
import type { ScheduledJob } from './due-time.ts';

export interface Reports {
  readonly heartbeats: Readonly<Record<ScheduledJob, Heartbeat | null>>;
  readonly probe: RuntimeProbe | null;
  readonly venueProbe: VenueProbe | null;
  readonly telemetry: TelemetryState | null;
  readonly alertHead: AlertHead | null;
  readonly alerts: readonly ListedAlert[];
  readonly risk: RiskState | null;
  readonly requestBudget: RequestBudgetReading;
}

export async function readReports(inspection: Inspection): Promise<Reports> {
  const [{ screen, sync, learn, ...states }, alerts, requestBudget] = await Promise.all([
    inspection.store.get({
      screen: { collection: HEARTBEATS, id: 'screen' },
      sync: { collection: HEARTBEATS, id: 'sync' },
      learn: { collection: HEARTBEATS, id: 'learn' },
      probe: { collection: RUNTIME_PROBE, id: RUNTIME_PROBE_ID },
      telemetry: { collection: TELEMETRY_STATE, id: TELEMETRY_STATE_ID },
      venueProbe: { collection: VENUE_PROBE, id: VENUE_PROBE_ID },
      alertHead: { collection: ALERT_HEAD, id: ALERT_HEAD_ID },
      risk: { collection: RISK_STATE, id: RISK_STATE_ID },
    }),
    readOpenAlerts(inspection.store),
    readRequestBudget(inspection),
  ]);
  return { ...states, heartbeats: { screen, sync, learn }, alerts, requestBudget };
}
