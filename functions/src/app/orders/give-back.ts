import { givenBack } from '../../domain/intent/lease.ts';
import { OUTBOX } from '../../schema/records/outbox-entry.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { fenced } from './fenced.ts';
import type { Held } from './fenced.ts';

/** Ends this run's hold on the intent; sync wakes the next one when `dueAt` has come. */
export async function giveBack(deps: EngineDeps, held: Held, dueAt: EpochMs): Promise<void> {
  await deps.step('confirm.give-back', () =>
    fenced(deps, held, null, (tx, { entry }) => tx.set(OUTBOX, held.intentId, givenBack(entry, dueAt))),
  );
}
