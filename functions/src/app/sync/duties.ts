/**
 * What every sync does whatever becomes of its books: positions keep their stops, and work that nobody has looked at is
 * woken. Each is done once a sync: at its turn or, where an error came before that, after the error.
 */
import type { EpochMs } from '../../schema/scalars.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { protect } from '../exits/protect.ts';
import { readDue, sweep } from './sweep.ts';

export type Duty = 'protect' | 'sweep';

/** For a sync that has failed. Its own error is the one to be told; another one here is logged and keeps nothing from being done. */
export async function doWhatIsLeft(deps: EngineDeps, left: ReadonlySet<Duty>, startedAt: EpochMs): Promise<void> {
  if (left.has('protect')) await attempt(deps, 'protect', () => protect(deps));
  if (left.has('sweep')) await attempt(deps, 'sweep', async () => sweep(deps, await deps.step('sync.read-due', () => readDue(deps, startedAt))));
}

async function attempt(deps: EngineDeps, duty: Duty, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    deps.log.dutyFailed(duty, error instanceof Error ? error.message : String(error));
  }
}
