import type { Inspection } from '../compose/start-inspection.ts';
import { COST_STATE, COST_STATE_ID } from '../schema/records/cost-state.ts';
import type { Answer } from './answer.ts';
import { costLines } from './cost-lines.ts';

/** `portcullis cost`: what the scheduled jobs use and cost, as learn has last summed it up. */
export async function cost({ store, clock }: Inspection, place: string): Promise<Answer> {
  const { state } = await store.get({ state: { collection: COST_STATE, id: COST_STATE_ID } });
  return { json: { place, now: clock.now(), cost: state }, lines: costLines(place, state, clock.now()), exitCode: 0 };
}
