import { readCompare } from '../app/inspect/read-compare.ts';
import type { Inspection } from '../compose/start-inspection.ts';
import { compareSummaryOf } from '../domain/shadow/compare.ts';
import type { Answer } from './answer.ts';
import { compareLines } from './compare-lines.ts';

/** Ticks with a signal, the newest. */
const MOST_TICKS = 2000;

/** `portcullis compare`: the shadow against the live engine, from what was recorded of both. */
export async function compare({ store, config, clock }: Inspection, place: string): Promise<Answer> {
  const { records, executions } = await readCompare(store, MOST_TICKS);
  const view = { place, ticks: records.length, since: records[0]?.decidedAt ?? null, ...compareSummaryOf(records, executions, config.intel.minSamples, clock.now()) };
  return { json: view, lines: compareLines(view), exitCode: 0 };
}
