/** The records of a finished run, all of them, from the store's own dump. */
import type { Collection } from '../../functions/src/schema/collection.ts';
import { withoutStamp } from '../../functions/src/adapters/store-document/stamp.ts';
import { ADJUSTMENTS } from '../../functions/src/schema/records/adjustment.ts';
import { ATTRIBUTION } from '../../functions/src/schema/records/attribution.ts';
import { AUDIT } from '../../functions/src/schema/records/audit-entry.ts';
import type { AuditEntry } from '../../functions/src/schema/records/audit-entry.ts';
import { FILLS } from '../../functions/src/schema/records/fill.ts';
import { INCIDENTS } from '../../functions/src/schema/records/incident.ts';
import { INCOME_STATE, INCOME_STATE_ID } from '../../functions/src/schema/records/income-state.ts';
import { INTENTS } from '../../functions/src/schema/records/intent.ts';
import { NAV_STATE, NAV_STATE_ID } from '../../functions/src/schema/records/nav-state.ts';
import type { NavState } from '../../functions/src/schema/records/nav-state.ts';
import { ORDERS } from '../../functions/src/schema/records/order.ts';
import { OUTBOX } from '../../functions/src/schema/records/outbox-entry.ts';
import { POSITIONS } from '../../functions/src/schema/records/position.ts';
import { POSITIONS_STATE, POSITIONS_STATE_ID } from '../../functions/src/schema/records/positions-state.ts';
import { PROTECTIONS } from '../../functions/src/schema/records/protection.ts';
import { RECONCILIATIONS } from '../../functions/src/schema/records/reconciliation.ts';
import { ROUTES } from '../../functions/src/schema/records/route-record.ts';
import { ROUTER_HEALTH, ROUTER_HEALTH_ID } from '../../functions/src/schema/records/router-health.ts';
import { EMPTY_RISK_STATE, RISK_STATE, RISK_STATE_ID } from '../../functions/src/schema/records/risk-state.ts';
import { TRADES } from '../../functions/src/schema/records/trade.ts';
import type { EngineRecords } from '../support/engine/records.ts';

type Dump = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

export interface FinalRecords extends EngineRecords {
  readonly nav: NavState | null;
  readonly audits: readonly AuditEntry[];
}

export function recordsOfDump(dump: Dump): FinalRecords {
  const all = <T>({ name, schema }: Collection<T>): readonly T[] =>
    [...dump]
      .filter(([path]) => path.slice(0, path.lastIndexOf('/')).endsWith(`/${name}`))
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, fields]) => schema.parse(withoutStamp(fields)));
  const one = <T>({ name, schema }: Collection<T>, id: string): T | null => {
    const found = [...dump].find(([path]) => path.endsWith(`/${name}/${id}`));
    return found === undefined ? null : schema.parse(withoutStamp(found[1]));
  };
  return {
    intents: all(INTENTS),
    outbox: all(OUTBOX),
    orders: all(ORDERS),
    fills: all(FILLS),
    positions: all(POSITIONS),
    trades: all(TRADES),
    reconciliations: all(RECONCILIATIONS),
    adjustments: all(ADJUSTMENTS),
    protections: all(PROTECTIONS),
    attribution: all(ATTRIBUTION),
    routes: all(ROUTES),
    incidents: all(INCIDENTS),
    risk: one(RISK_STATE, RISK_STATE_ID) ?? EMPTY_RISK_STATE,
    income: one(INCOME_STATE, INCOME_STATE_ID),
    compared: one(POSITIONS_STATE, POSITIONS_STATE_ID),
    routerHealth: one(ROUTER_HEALTH, ROUTER_HEALTH_ID),
    nav: one(NAV_STATE, NAV_STATE_ID),
    audits: all(AUDIT),
  };
}
