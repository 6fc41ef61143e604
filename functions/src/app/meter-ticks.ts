/** `state/cost` from the costs that ticks tell, each tick once. */
import { costStateOf } from '../domain/cost/cost-state.ts';
import { COST_STATE, COST_STATE_ID } from '../schema/records/cost-state.ts';
import type { CostState } from '../schema/records/cost-state.ts';
import { TICKS } from '../schema/records/tick.ts';
import type { EpochMs } from '../schema/scalars.ts';
import type { LearnDeps } from './learn-deps.ts';
import { readStored } from './read-stored.ts';

/** Longer than a run may take: a tick that started before it has been written, or never will be. */
const SETTLED_MS = 180_000;
const HOUR_MS = 3_600_000;
/** More ticks than two a minute leave in four hours; what is left the next run reads. */
const MOST_TICKS = 500;

/** What fails here is told in the log and tried again by the next run: learning does not wait for it. */
export async function meterTicks({ store, log, step }: LearnDeps, asOf: EpochMs): Promise<void> {
  try {
    const { before, ticks, readUntilAt } = await step('learn.read-costs', () => readCosts(store, asOf));
    await step('learn.record-costs', () => store.commit((writer) => writer.set(COST_STATE, COST_STATE_ID, costStateOf(before, ticks, readUntilAt, asOf))));
  } catch (error) {
    log.costNotRecorded(error instanceof Error ? error.message : String(error));
  }
}

async function readCosts(store: LearnDeps['store'], asOf: EpochMs) {
  const stored = await readStored(store, COST_STATE, COST_STATE_ID);
  const before: CostState | null = stored === 'corrupt' ? null : stored;
  const settledAt = asOf - SETTLED_MS;
  const from = Math.max(1, before?.readUntilAt ?? settledAt - HOUR_MS);
  const page = await store.query({ collection: TICKS, where: [{ field: 'startedAt', op: '>=', value: from }, { field: 'startedAt', op: '<', value: Math.max(from + 1, settledAt) }], orderBy: [{ field: 'startedAt', direction: 'asc' }], limit: MOST_TICKS });
  const last = page.at(-1)?.data.startedAt;
  // A page that is full may end between two ticks of one time: those of its last time wait.
  const readUntilAt = page.length < MOST_TICKS || last === undefined ? Math.max(from, settledAt) : last;
  return { before, ticks: page.map(({ data }) => data).filter(({ startedAt }) => startedAt < readUntilAt), readUntilAt };
}
