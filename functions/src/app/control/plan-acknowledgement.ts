import type { Transaction } from '../../ports/store.ts';
import { ACKNOWLEDGEMENTS } from '../../schema/records/acknowledgement.ts';
import type { Acknowledgement } from '../../schema/records/acknowledgement.ts';
import { ALERTS, ALERT_HEAD, ALERT_HEAD_ID } from '../../schema/records/alert.ts';
import { INCIDENTS } from '../../schema/records/incident.ts';
import type { ActRequest } from '../../schema/requests/control-request.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { refused } from '../requests/refusal.ts';
import type { Refusal } from '../requests/refusal.ts';
import type { Change } from './change.ts';

/**
 * Says that somebody has seen the incident or the alert. An alert is told no more until it is over, which it is when what
 * is wrong has gone; an incident that is an event ends with its acknowledgement. Of an incident its alert is seen too:
 * it would go on calling whoever is at it.
 */
export async function planAcknowledgement(tx: Transaction, request: Extract<ActRequest, { verb: 'acknowledge' }>, actor: string, now: EpochMs): Promise<Change | Refusal> {
  const { incidentId, reason } = request;
  const { head, incident, alert, before } = await tx.get({
    head: { collection: ALERT_HEAD, id: ALERT_HEAD_ID },
    incident: { collection: INCIDENTS, id: incidentId },
    alert: { collection: ALERTS, id: incidentId },
    before: { collection: ACKNOWLEDGEMENTS, id: incidentId },
  });
  const seen = incident ?? (alert === null ? null : { openedAt: alert.raisedAt, summary: alert.summary });
  if (seen === null) return refused('not_found', `there is no incident or alert ${incidentId}`, 'alerts lists them with their ids');
  const after: Acknowledgement = { incidentId, openedAt: seen.openedAt, actor, note: reason, at: now };
  const itsAlert = incident === null ? undefined : Object.values(head?.entries ?? {}).find(({ subject, resolvedAt }) => subject === incidentId && resolvedAt === null);
  return {
    kind: 'change',
    summary: `seen: ${seen.summary}`,
    before,
    after,
    write: (writer) => {
      writer.set(ACKNOWLEDGEMENTS, incidentId, after);
      if (itsAlert !== undefined) writer.set(ACKNOWLEDGEMENTS, itsAlert.alertId, { ...after, incidentId: itsAlert.alertId, openedAt: itsAlert.raisedAt });
    },
  };
}
