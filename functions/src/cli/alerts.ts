import { readAlerts } from '../app/inspect/read-alerts.ts';
import type { Inspection } from '../compose/start-inspection.ts';
import { alertsLines } from './alert-lines.ts';
import type { Answer } from './answer.ts';
import { noRecords } from './operator-error.ts';

/** `portcullis alerts`. Throws OperatorError when there are no records at all. */
export async function alerts(inspection: Inspection, place: string, withClosed: boolean): Promise<Answer> {
  const view = await readAlerts(inspection, withClosed);
  if (view === null) throw noRecords(place);
  return { json: { place, ...view }, lines: alertsLines(view, place), exitCode: 0 };
}
