/** Raises an incident once and counts it while it lasts. Ids are derived from what is wrong, so repeats collapse. */
import type { Disagreement } from '../domain/account/compare-ledger.ts';
import { derivedId } from '../domain/identity/derived-id.ts';
import type { Transaction } from '../ports/store.ts';
import { positionKey } from '../schema/records/position.ts';
import type { ProtectionRecord } from '../schema/records/protection.ts';
import { INCIDENTS, OPEN_INCIDENTS, OPEN_INCIDENTS_ID, openIncidentsOf } from '../schema/records/incident.ts';
import type { IncidentRecord } from '../schema/records/incident.ts';
import type { EpochMs } from '../schema/scalars.ts';
import type { EngineDeps } from './engine-deps.ts';
import { readStored } from './read-stored.ts';

export interface Incident {
  readonly id: string;
  readonly record: IncidentRecord;
}

export function disagreementIncident(disagreement: Disagreement, now: EpochMs): Incident {
  const record: IncidentRecord = {
    kind: 'ledgerMismatch',
    summary: `${disagreement.key}: ledger says ${disagreement.ours}, venue says ${disagreement.venues}`,
    symbol: disagreement.symbol,
    intentId: null,
    ours: disagreement.ours,
    venues: disagreement.venues,
    action: 'Compare fills/* with the trade history at the venue. Entries wait; what stays unexplained is set to what the venue says, see reconciliations/*.',
    openedAt: now,
    lastSeenAt: now,
    seen: 1,
    resolvedAt: null,
  };
  return { id: disagreementIncidentId(disagreement.key), record };
}

export function disagreementIncidentId(key: string): string {
  return `ledgerMismatch-${derivedId('ledgerMismatch', key)}`;
}

export const ambiguousIncidentId = (clientOrderId: string): string => `ambiguousTooLong-${derivedId('ambiguousTooLong', clientOrderId)}`;

export const foreignOrderIncidentId = (symbol: string, clientOrderId: string): string => `foreignOrder-${derivedId('foreignOrder', symbol, clientOrderId)}`;

export function unprotectedIncidentId({ symbol, positionSide, openedAt }: Pick<ProtectionRecord, 'symbol' | 'positionSide' | 'openedAt'>): string {
  return `unprotected-${derivedId('unprotected', positionKey(symbol, positionSide), openedAt)}`;
}

/** Nothing is raised when what it tells of is over by the time it is written. */
export async function raiseIncident(deps: EngineDeps, incident: Incident, isStill: (tx: Pick<Transaction, 'get'>) => Promise<boolean> = () => Promise.resolve(true)): Promise<void> {
  const isRaised = await deps.store.transact(async (tx) => {
    if (!(await isStill(tx))) return false;
    const { known } = await tx.get({ known: { collection: INCIDENTS, id: incident.id } });
    // A list that is missing or damaged says of none that it is open; sync finds those that it does not name.
    const open = await readStored(tx, OPEN_INCIDENTS, OPEN_INCIDENTS_ID);
    const next =
      known === null || known.resolvedAt !== null
        ? incident.record
        : { ...incident.record, openedAt: known.openedAt, seen: known.seen + 1 };
    tx.set(INCIDENTS, incident.id, next);
    const ids = open === null || open === 'corrupt' ? [] : open.ids;
    if (!ids.includes(incident.id)) tx.set(OPEN_INCIDENTS, OPEN_INCIDENTS_ID, openIncidentsOf([...ids, incident.id]));
    return true;
  });
  if (isRaised) deps.log.incidentRaised(incident.record.kind, incident.record.summary, incident.record.action);
}
