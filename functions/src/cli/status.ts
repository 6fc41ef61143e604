import { readStatus } from '../app/inspect/read-status.ts';
import type { Inspection } from '../compose/start-inspection.ts';
import type { Answer } from './answer.ts';
import { noRecords } from './operator-error.ts';
import { statusLines } from './status-lines.ts';

/** `portcullis status`. Throws OperatorError when there are no records at all. */
export async function status(inspection: Inspection, place: string): Promise<Answer> {
  const view = await readStatus(inspection, place);
  if (view === null) throw noRecords(place);
  return { json: view, lines: statusLines(view), exitCode: 0 };
}
