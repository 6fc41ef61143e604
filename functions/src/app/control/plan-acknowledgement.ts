import type { Transaction } from '../../ports/store.ts';
import { ACKNOWLEDGEMENTS } from '../../schema/records/acknowledgement.ts';
import type { Acknowledgement } from '../../schema/records/acknowledgement.ts';
import { INCIDENTS } from '../../schema/records/incident.ts';
import type { ActRequest } from '../../schema/requests/control-request.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { refused } from '../requests/refusal.ts';
import type { Refusal } from '../requests/refusal.ts';
import type { Change } from './change.ts';

/** Says that somebody has seen the incident; it stays open until what is wrong has gone. */
export async function planAcknowledgement(tx: Transaction, request: Extract<ActRequest, { verb: 'acknowledge' }>, actor: string, now: EpochMs): Promise<Change | Refusal> {
  const { incidentId, reason } = request;
  const { incident, before } = await tx.get({ incident: { collection: INCIDENTS, id: incidentId }, before: { collection: ACKNOWLEDGEMENTS, id: incidentId } });
  if (incident === null) return refused('not_found', `there is no incident ${incidentId}`, 'status lists the open incidents');
  const after: Acknowledgement = { incidentId, openedAt: incident.openedAt, actor, note: reason, at: now };
  return { kind: 'change', summary: `seen: ${incident.summary}`, before, after, write: (writer) => writer.set(ACKNOWLEDGEMENTS, incidentId, after) };
}
