import { readWhy } from '../app/inspect/read-why.ts';
import type { Inspection } from '../compose/start-inspection.ts';
import type { Answer } from './answer.ts';
import { knownSymbol } from './known-symbol.ts';
import { noRecords } from './operator-error.ts';
import { whyLines } from './why-lines.ts';

/** `portcullis why SYMBOL`. Throws OperatorError for a symbol outside the universe, and when no tick was ever recorded. */
export async function why(inspection: Inspection, place: string, symbol: string, last: number): Promise<Answer> {
  knownSymbol(inspection.config.universe, symbol);
  const view = await readWhy(inspection, place, symbol, last);
  if (view === null) throw noRecords(place);
  return { json: view, lines: whyLines(view), exitCode: 0 };
}
