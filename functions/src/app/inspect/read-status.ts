/** What the engine holds, has under way and last did, from its records alone. */
import { tradingStateAt } from '../../domain/risk/trading-state.ts';
import { INTENTS } from '../../schema/records/intent.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';
import { NAV_STATE, NAV_STATE_ID } from '../../schema/records/nav-state.ts';
import type { NavState } from '../../schema/records/nav-state.ts';
import { ORDERS } from '../../schema/records/order.ts';
import type { OrderRecord } from '../../schema/records/order.ts';
import { OUTBOX } from '../../schema/records/outbox-entry.ts';
import type { OutboxEntry } from '../../schema/records/outbox-entry.ts';
import { POSITIONS_STATE, POSITIONS_STATE_ID } from '../../schema/records/positions-state.ts';
import type { PositionsState } from '../../schema/records/positions-state.ts';
import { TICKS } from '../../schema/records/tick.ts';
import type { TickRecord } from '../../schema/records/tick.ts';
import { TRADING_CONTROL, TRADING_CONTROL_ID } from '../../schema/records/trading-control.ts';
import type { TradingControl } from '../../schema/records/trading-control.ts';
import type { EpochMs, TradingState } from '../../schema/scalars.ts';
import type { Inspected } from './inspected.ts';
import { readOpenAlerts, readOpenIncidents } from './read-alerts.ts';
import type { ListedAlert, ListedIncident } from './read-alerts.ts';

/** Of each kind of record; a list that is longer says so. */
export const MOST_LISTED = 100;
const TICKS_SHOWN = 6;

export interface Status {
  readonly place: string;
  readonly now: EpochMs;
  readonly engineVersion: string;
  readonly configHash: string;
  readonly orderGate: Inspected['orderGate'];
  readonly tradingState: TradingState;
  /** Null without a control document. */
  readonly control: TradingControl | null;
  /** Null until sync has read the venue for the first time. */
  readonly nav: NavState | null;
  readonly positions: PositionsState | null;
  readonly intents: readonly IntentRecord[];
  readonly orders: readonly OrderRecord[];
  /** Open entries, the one due first at the front. */
  readonly outbox: readonly OutboxEntry[];
  /** Open ones, with the ids by which they are acknowledged; the latest first. */
  readonly incidents: readonly ListedIncident[];
  /** Open ones, the gravest first; one about an incident has its id as subject. */
  readonly alerts: readonly ListedAlert[];
  /** Newest first. */
  readonly ticks: readonly Pick<TickRecord, 'job' | 'outcome' | 'summary' | 'problems' | 'scheduledAt' | 'startedAt' | 'finishedAt'>[];
  readonly limits: { readonly drawdownPct: string; readonly dayLossPct: string; readonly navFreshnessSeconds: number };
}

/** Null when there are no records at all. */
export async function readStatus(inspection: Inspected, place: string): Promise<Status | null> {
  const { store, clock, config } = inspection;
  const [{ control, nav, positions }, intents, orders, outbox, incidents, alerts, ticks] = await Promise.all([
    store.get({
      control: { collection: TRADING_CONTROL, id: TRADING_CONTROL_ID },
      nav: { collection: NAV_STATE, id: NAV_STATE_ID },
      positions: { collection: POSITIONS_STATE, id: POSITIONS_STATE_ID },
    }),
    store.query({ collection: INTENTS, where: [{ field: 'status', op: 'in', value: ['pending', 'working'] }], limit: MOST_LISTED }),
    store.query({ collection: ORDERS, where: [{ field: 'status', op: 'in', value: ['armed', 'ambiguous', 'working'] }], limit: MOST_LISTED }),
    store.query({ collection: OUTBOX, where: [{ field: 'state', op: '==', value: 'open' }], orderBy: [{ field: 'dueAt', direction: 'asc' }], limit: MOST_LISTED }),
    readOpenIncidents(store),
    readOpenAlerts(store),
    store.query({ collection: TICKS, where: [], orderBy: [{ field: 'startedAt', direction: 'desc' }], limit: TICKS_SHOWN }),
  ]);
  if (control === null && nav === null && ticks.length === 0) return null;
  const now = clock.now();
  return {
    place,
    now,
    engineVersion: inspection.engineVersion,
    configHash: inspection.configHash,
    orderGate: inspection.orderGate,
    tradingState: tradingStateAt(control, now),
    control,
    nav,
    positions,
    intents: intents.map(({ data }) => data).toSorted((a, b) => a.createdAt - b.createdAt),
    orders: orders.map(({ data }) => data).toSorted((a, b) => a.armedAt - b.armedAt),
    outbox: outbox.map(({ data }) => data),
    incidents,
    alerts,
    ticks: ticks.map(({ data: { job, outcome, summary, problems, scheduledAt, startedAt, finishedAt } }) => ({ job, outcome, summary, problems, scheduledAt, startedAt, finishedAt })),
    limits: {
      drawdownPct: String(config.risk.maxNavDrawdownPct),
      dayLossPct: String(config.risk.dailyLossLimitPct),
      navFreshnessSeconds: config.risk.navFreshnessSeconds,
    },
  };
}
