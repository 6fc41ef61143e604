/** What a report starts from, in one batch. A damaged record is read as missing, and is written anew where it is ours to write. */
import { CorruptRecordError } from '../../ports/store.ts';
import type { Collection } from '../../schema/collection.ts';
import { ALERT_HEAD, ALERT_HEAD_ID } from '../../schema/records/alert.ts';
import { HEARTBEATS } from '../../schema/records/heartbeat.ts';
import { OPEN_INCIDENTS, OPEN_INCIDENTS_ID } from '../../schema/records/incident.ts';
import { LEARNING_STATE, LEARNING_STATE_ID } from '../../schema/records/learning-state.ts';
import { ORDERS } from '../../schema/records/order.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import { SCREEN_STATE, SCREEN_STATE_ID } from '../../schema/records/screen-state.ts';
import { TELEMETRY_STATE, TELEMETRY_STATE_ID } from '../../schema/records/telemetry.ts';
import { TRADING_CONTROL, TRADING_CONTROL_ID } from '../../schema/records/trading-control.ts';
import { VENUE_PROBE, VENUE_PROBE_ID } from '../../schema/records/venue-probe.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { NO_INCIDENTS, findOpenIncidents } from '../open-incidents.ts';
import { readStored } from '../read-stored.ts';

/** A list that is longer is told from its beginning. */
const MOST_LISTED = 100;

export async function readBefore(deps: EngineDeps, risk: RiskState) {
  // An order is at work for as long as its intent has a reservation.
  const isQuiet = Object.keys(risk.reservations).length === 0;
  const [{ screenBeat, learnBeat, ...records }, orders] = await Promise.all([
    readRecords(deps),
    isQuiet ? [] : deps.store.query({ collection: ORDERS, where: [{ field: 'status', op: 'in', value: ['armed', 'ambiguous', 'working'] }], limit: MOST_LISTED }),
  ]);
  // Null when it was never written, or is damaged: then it has to be looked.
  const mayBeOpen = records.openIncidents === null || records.openIncidents.ids.length > 0;
  const incidents = mayBeOpen ? await findOpenIncidents(deps.store) : NO_INCIDENTS;
  return { ...records, heartbeats: { screen: screenBeat, learn: learnBeat }, incidents, orders: orders.map(({ data }) => data) };
}

async function readRecords(deps: EngineDeps) {
  try {
    return await deps.store.get({
      telemetry: { collection: TELEMETRY_STATE, id: TELEMETRY_STATE_ID },
      alerts: { collection: ALERT_HEAD, id: ALERT_HEAD_ID },
      screen: { collection: SCREEN_STATE, id: SCREEN_STATE_ID },
      learning: { collection: LEARNING_STATE, id: LEARNING_STATE_ID },
      control: { collection: TRADING_CONTROL, id: TRADING_CONTROL_ID },
      openIncidents: { collection: OPEN_INCIDENTS, id: OPEN_INCIDENTS_ID },
      screenBeat: { collection: HEARTBEATS, id: 'screen' },
      learnBeat: { collection: HEARTBEATS, id: 'learn' },
      venueProbe: { collection: VENUE_PROBE, id: VENUE_PROBE_ID },
    });
  } catch (error) {
    if (!(error instanceof CorruptRecordError)) throw error;
    return {
      telemetry: await sound(deps, TELEMETRY_STATE, TELEMETRY_STATE_ID),
      alerts: await sound(deps, ALERT_HEAD, ALERT_HEAD_ID),
      screen: await sound(deps, SCREEN_STATE, SCREEN_STATE_ID),
      learning: await sound(deps, LEARNING_STATE, LEARNING_STATE_ID),
      control: await sound(deps, TRADING_CONTROL, TRADING_CONTROL_ID),
      openIncidents: await sound(deps, OPEN_INCIDENTS, OPEN_INCIDENTS_ID),
      screenBeat: await sound(deps, HEARTBEATS, 'screen'),
      learnBeat: await sound(deps, HEARTBEATS, 'learn'),
      venueProbe: await sound(deps, VENUE_PROBE, VENUE_PROBE_ID),
    };
  }
}

async function sound<T>({ store, log }: EngineDeps, from: Collection<T>, id: string): Promise<T | null> {
  const stored = await readStored(store, from, id);
  if (stored !== 'corrupt') return stored;
  log.recordUnreadable(`${from.name}/${id}`, 'reported on as if it were missing');
  return null;
}
