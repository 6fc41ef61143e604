/** What a deployed engine has written about itself, in a handful of reads. */
import { readOpenIncidents } from '../../app/inspect/read-alerts.ts';
import type { ListedIncident } from '../../app/inspect/read-alerts.ts';
import type { Inspection } from '../../compose/start-inspection.ts';
import type { RecordStamp } from '../../ports/stamps.ts';
import { MARKETS } from '../../schema/records/market-metadata.ts';
import type { MarketMetadata } from '../../schema/records/market-metadata.ts';
import { NAV_STATE, NAV_STATE_ID } from '../../schema/records/nav-state.ts';
import type { NavState } from '../../schema/records/nav-state.ts';
import { OUTBOX } from '../../schema/records/outbox-entry.ts';
import type { OutboxEntry } from '../../schema/records/outbox-entry.ts';
import { POSITIONS_STATE, POSITIONS_STATE_ID } from '../../schema/records/positions-state.ts';
import type { PositionsState } from '../../schema/records/positions-state.ts';
import { TICKS } from '../../schema/records/tick.ts';
import type { TickRecord } from '../../schema/records/tick.ts';
import { TRADING_CONTROL, TRADING_CONTROL_ID } from '../../schema/records/trading-control.ts';
import type { TradingControl } from '../../schema/records/trading-control.ts';
import { VENUE_SETTINGS, VENUE_SETTINGS_ID } from '../../schema/records/venue-settings.ts';
import type { VenueSettings } from '../../schema/records/venue-settings.ts';
import type { ScheduledJob } from './due-time.ts';

/** Enough for the rarest job of the shipped schedules to be among them, at two ticks a minute. */
const TICKS_LOOKED_AT = 100;
const MOST_LISTED = 50;

export type LastTick = Pick<TickRecord, 'scheduledAt' | 'startedAt' | 'outcome' | 'summary' | 'problems'>;

export interface Deployed {
  /** By job; null for one that is not among the last ticks. */
  readonly lastTicks: Readonly<Record<ScheduledJob, LastTick | null>>;
  /** When the oldest tick that was looked at started; null when there are none, or when these are all. */
  readonly ticksSinceAt: number | null;
  /** Who wrote the newest tick; null when there is none. */
  readonly writtenBy: RecordStamp | null;
  readonly control: TradingControl | null;
  readonly nav: NavState | null;
  readonly positions: PositionsState | null;
  readonly venue: VenueSettings | null;
  readonly markets: MarketMetadata | null;
  /** Open entries, the one due first at the front. */
  readonly outbox: readonly OutboxEntry[];
  readonly incidents: readonly ListedIncident[];
}

export async function readDeployed({ store, stampOf, venueName }: Pick<Inspection, 'store' | 'stampOf' | 'venueName'>): Promise<Deployed> {
  const [states, ticks, outbox, incidents] = await Promise.all([
    store.get({
      control: { collection: TRADING_CONTROL, id: TRADING_CONTROL_ID },
      nav: { collection: NAV_STATE, id: NAV_STATE_ID },
      positions: { collection: POSITIONS_STATE, id: POSITIONS_STATE_ID },
      venue: { collection: VENUE_SETTINGS, id: VENUE_SETTINGS_ID },
      markets: { collection: MARKETS, id: venueName },
    }),
    store.query({ collection: TICKS, where: [], orderBy: [{ field: 'startedAt', direction: 'desc' }], limit: TICKS_LOOKED_AT }),
    store.query({ collection: OUTBOX, where: [{ field: 'state', op: '==', value: 'open' }], orderBy: [{ field: 'dueAt', direction: 'asc' }], limit: MOST_LISTED }),
    readOpenIncidents(store),
  ]);
  const [newest] = ticks;
  const last = (job: ScheduledJob): LastTick | null => ticks.find(({ data }) => data.job === job)?.data ?? null;
  return {
    ...states,
    lastTicks: { screen: last('screen'), sync: last('sync'), learn: last('learn') },
    ticksSinceAt: ticks.length < TICKS_LOOKED_AT ? null : (ticks.at(-1)?.data.startedAt ?? null),
    writtenBy: newest === undefined ? null : await stampOf(TICKS, newest.id),
    outbox: outbox.map(({ data }) => data),
    incidents,
  };
}
