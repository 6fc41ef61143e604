/** Everything the page knows of one account at one time. Null documents are not there; lists are newest first. */
import type { StoredDocument } from '../records/fields.ts';
import type { AlertRecord } from '../../../functions/src/schema/records/alert.ts';
import type { CostState } from '../../../functions/src/schema/records/cost-state.ts';
import type { IncidentRecord } from '../../../functions/src/schema/records/incident.ts';
import type { NavState } from '../../../functions/src/schema/records/nav-state.ts';
import type { OrderRecord } from '../../../functions/src/schema/records/order.ts';
import type { PositionsState } from '../../../functions/src/schema/records/positions-state.ts';
import type { ProtectionRecord } from '../../../functions/src/schema/records/protection.ts';
import type { RiskState } from '../../../functions/src/schema/records/risk-state.ts';
import type { RouterHealth } from '../../../functions/src/schema/records/router-health.ts';
import type { TickRecord } from '../../../functions/src/schema/records/tick.ts';
import type { TradingControl } from '../../../functions/src/schema/records/trading-control.ts';
import type { VetoFlood } from '../../../functions/src/schema/records/veto.ts';

type Maybe<T extends object> = StoredDocument<T> | null;
type Listed<T extends object> = readonly StoredDocument<T>[];

/** Read often, two documents: whether anything is new, and whether trading is allowed. */
export interface Head {
  readonly nav: Maybe<NavState>;
  readonly control: Maybe<TradingControl>;
}

/** Read when the head has changed. */
export interface Body {
  readonly positions: Maybe<PositionsState>;
  readonly risk: Maybe<RiskState>;
  readonly routerHealth: Maybe<RouterHealth>;
  readonly expectancy: Maybe<object>;
  readonly cost: Maybe<CostState>;
  readonly protections: Listed<ProtectionRecord>;
  readonly orders: Listed<OrderRecord>;
  readonly incidents: Listed<IncidentRecord>;
  readonly alerts: Listed<AlertRecord>;
  readonly vetoes: Listed<VetoFlood>;
  readonly ticks: Listed<TickRecord>;
}

export interface Snapshot extends Head, Body {
  /** Firestore's time of the last successful read. */
  readonly readAt: number;
}
