/** Entries that the gate refused after screen: at execute, or at ingest. Counted from what they have left, so that an order costs no write more. */
import { isEntry } from '../../domain/risk/order-reading.ts';
import { refusalsByMinute } from '../../domain/screening/refusals-by-minute.ts';
import type { RefusedEntry } from '../../domain/screening/refusals-by-minute.ts';
import { INTENTS } from '../../schema/records/intent.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';
import { OUTSIDE_SIGNALS } from '../../schema/records/outside-signal.ts';
import type { OutsideSignalRecord } from '../../schema/records/outside-signal.ts';
import type { RefusalsOfTick } from '../../schema/records/screen-state.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { LearnDeps } from './learn-deps.ts';

/** The latest of each: more of them count for no more. */
const MOST_READ = 1000;

/** Of the window in which a storm is told, read anew by every run. Learning does not wait for it: what fails is logged, and `before` stays. */
export async function countRefusals(deps: LearnDeps, before: RefusalsOfTick[], now: EpochMs): Promise<RefusalsOfTick[]> {
  try {
    return await deps.step('learn.read-refusals', () => readRefusals(deps, now));
  } catch (error) {
    deps.log.refusalsNotCounted('learn', error instanceof Error ? error.message : String(error));
    return before;
  }
}

async function readRefusals({ store, config }: LearnDeps, now: EpochMs): Promise<RefusalsOfTick[]> {
  const since = Math.max(1, now - config.runtime.alerts.vetoStorm.windowMinutes * 60_000);
  const [intents, signals] = await Promise.all([
    store.query({ collection: INTENTS, where: [{ field: 'terminalAt', op: '>=', value: since }], orderBy: [{ field: 'terminalAt', direction: 'desc' }], limit: MOST_READ }),
    store.query({ collection: OUTSIDE_SIGNALS, where: [{ field: 'receivedAt', op: '>=', value: since }], orderBy: [{ field: 'receivedAt', direction: 'desc' }], limit: MOST_READ }),
  ]);
  return refusalsByMinute([...intents.flatMap(({ data }) => ofIntent(data)), ...signals.flatMap(({ data }) => ofSignal(data))]);
}

function ofIntent({ status, purpose, terminalAt, vetoes: [veto] }: IntentRecord): readonly RefusedEntry[] {
  return status === 'vetoed' && isEntry(purpose) && terminalAt !== null && veto !== undefined ? [{ at: terminalAt, code: veto.code }] : [];
}

function ofSignal({ outcome, receivedAt, vetoes: [veto] }: OutsideSignalRecord): readonly RefusedEntry[] {
  return outcome === 'vetoed' && veto !== undefined ? [{ at: receivedAt, code: veto.code }] : [];
}
