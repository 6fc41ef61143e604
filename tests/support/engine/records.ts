import type { Doc, Store } from '../../../functions/src/ports/store.ts';
import type { Collection } from '../../../functions/src/schema/collection.ts';
import { ADJUSTMENTS } from '../../../functions/src/schema/records/adjustment.ts';
import type { AdjustmentRecord } from '../../../functions/src/schema/records/adjustment.ts';
import { ATTRIBUTION } from '../../../functions/src/schema/records/attribution.ts';
import type { AttributionRecord } from '../../../functions/src/schema/records/attribution.ts';
import { FILLS } from '../../../functions/src/schema/records/fill.ts';
import type { FillRecord } from '../../../functions/src/schema/records/fill.ts';
import { INCIDENTS } from '../../../functions/src/schema/records/incident.ts';
import type { IncidentRecord } from '../../../functions/src/schema/records/incident.ts';
import { INCOME_STATE, INCOME_STATE_ID } from '../../../functions/src/schema/records/income-state.ts';
import type { IncomeState } from '../../../functions/src/schema/records/income-state.ts';
import { INTENTS } from '../../../functions/src/schema/records/intent.ts';
import type { IntentRecord } from '../../../functions/src/schema/records/intent.ts';
import { ORDERS } from '../../../functions/src/schema/records/order.ts';
import type { OrderRecord } from '../../../functions/src/schema/records/order.ts';
import { OUTBOX } from '../../../functions/src/schema/records/outbox-entry.ts';
import type { OutboxEntry } from '../../../functions/src/schema/records/outbox-entry.ts';
import { POSITIONS } from '../../../functions/src/schema/records/position.ts';
import type { PositionRecord } from '../../../functions/src/schema/records/position.ts';
import { POSITIONS_STATE, POSITIONS_STATE_ID } from '../../../functions/src/schema/records/positions-state.ts';
import type { PositionsState } from '../../../functions/src/schema/records/positions-state.ts';
import { PROTECTIONS } from '../../../functions/src/schema/records/protection.ts';
import type { ProtectionRecord } from '../../../functions/src/schema/records/protection.ts';
import { RECONCILIATIONS } from '../../../functions/src/schema/records/reconciliation.ts';
import type { ReconciliationRecord } from '../../../functions/src/schema/records/reconciliation.ts';
import { ROUTES } from '../../../functions/src/schema/records/route-record.ts';
import type { RouteRecord } from '../../../functions/src/schema/records/route-record.ts';
import { ROUTER_HEALTH, ROUTER_HEALTH_ID } from '../../../functions/src/schema/records/router-health.ts';
import type { RouterHealth } from '../../../functions/src/schema/records/router-health.ts';
import { EMPTY_RISK_STATE, RISK_STATE, RISK_STATE_ID } from '../../../functions/src/schema/records/risk-state.ts';
import type { RiskState } from '../../../functions/src/schema/records/risk-state.ts';
import { TRADES } from '../../../functions/src/schema/records/trade.ts';
import type { TradeRecord } from '../../../functions/src/schema/records/trade.ts';

/** Everything the engine has written about orders and their results. */
export interface EngineRecords {
  readonly intents: readonly IntentRecord[];
  readonly outbox: readonly OutboxEntry[];
  readonly orders: readonly OrderRecord[];
  readonly fills: readonly FillRecord[];
  readonly positions: readonly PositionRecord[];
  readonly trades: readonly TradeRecord[];
  readonly reconciliations: readonly ReconciliationRecord[];
  readonly adjustments: readonly AdjustmentRecord[];
  readonly protections: readonly ProtectionRecord[];
  readonly attribution: readonly AttributionRecord[];
  readonly routes: readonly RouteRecord[];
  readonly incidents: readonly IncidentRecord[];
  readonly risk: RiskState;
  readonly income: IncomeState | null;
  readonly compared: PositionsState | null;
  readonly routerHealth: RouterHealth | null;
}

export async function readRecords(store: Store): Promise<EngineRecords> {
  const state = await store.get({
    risk: { collection: RISK_STATE, id: RISK_STATE_ID },
    income: { collection: INCOME_STATE, id: INCOME_STATE_ID },
    compared: { collection: POSITIONS_STATE, id: POSITIONS_STATE_ID },
    routerHealth: { collection: ROUTER_HEALTH, id: ROUTER_HEALTH_ID },
  });
  return {
    intents: await all(store, INTENTS),
    outbox: await all(store, OUTBOX),
    orders: await all(store, ORDERS),
    fills: await all(store, FILLS),
    positions: await all(store, POSITIONS),
    trades: await all(store, TRADES),
    reconciliations: await all(store, RECONCILIATIONS),
    adjustments: await all(store, ADJUSTMENTS),
    protections: await all(store, PROTECTIONS),
    attribution: await all(store, ATTRIBUTION),
    routes: await all(store, ROUTES),
    incidents: await all(store, INCIDENTS),
    ...state,
    risk: state.risk ?? EMPTY_RISK_STATE,
  };
}

/** In the order of their ids. */
async function all<T>(store: Store, collection: Collection<T>): Promise<readonly T[]> {
  const found: readonly Doc<T>[] = await store.query({ collection, where: [], limit: 1_000_000 });
  return found.map((doc) => doc.data);
}
