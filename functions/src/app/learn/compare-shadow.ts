/** `state/compare_summary` from what was recorded of the shadow. Off, nothing is read or written. */
import { compareSummaryOf } from '../../domain/shadow/compare.ts';
import { COMPARE_SUMMARY, COMPARE_SUMMARY_ID } from '../../schema/records/shadow.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { readCompare } from '../inspect/read-compare.ts';
import type { LearnDeps } from './learn-deps.ts';

/** Ticks with a signal, the newest: more would cost more reads than the summary is worth each quarter of an hour. */
const MOST_TICKS = 300;

/** What fails here is told in the log and tried again by the next run: learning does not wait for it. */
export async function compareShadow({ store, flags, config, log, step }: LearnDeps, asOf: EpochMs): Promise<void> {
  if (!flags.riskEngineShadow && !flags.pipelineShadow) return;
  try {
    const { records, executions } = await step('learn.read-shadow', () => readCompare(store, MOST_TICKS));
    const summary = compareSummaryOf(records, executions, config.intel.minSamples, asOf);
    await step('learn.record-compare', () => store.commit((writer) => writer.set(COMPARE_SUMMARY, COMPARE_SUMMARY_ID, summary)));
  } catch (error) {
    log.shadowFailed('state/compare_summary', error instanceof Error ? error.message : String(error));
  }
}
