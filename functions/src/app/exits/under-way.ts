/**
 * Changes intents under way in the caller's transaction: entries end by their time before what they have opened is closed,
 * exits stop resting once a stop of their position has been passed. What rests is cancelled at the venue afterwards, and
 * whoever follows them finds out and goes on from there.
 */
import type { Transaction } from '../../ports/store.ts';
import { INTENTS } from '../../schema/records/intent.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { EngineDeps } from '../engine-deps.ts';

export interface PlannedChange {
  /** As they were, of those that had not ended yet. */
  readonly underWay: readonly IntentRecord[];
  /** As they will be; what stays as it was is not among them. */
  readonly changed: readonly IntentRecord[];
  /** For after the transaction's last read. */
  readonly write: () => void;
}

/** `change` returns its argument where there is nothing to change. */
export async function planChange(tx: Transaction, intentIds: readonly string[], change: (intent: IntentRecord) => IntentRecord): Promise<PlannedChange> {
  if (intentIds.length === 0) return { underWay: [], changed: [], write: () => undefined };
  const got = await tx.get(Object.fromEntries(intentIds.map((id) => [id, { collection: INTENTS, id }])));
  const underWay = Object.values(got).filter((intent): intent is IntentRecord => intent !== null && intent.terminalAt === null);
  const changed = underWay.flatMap((intent) => {
    const next = change(intent);
    return next === intent ? [] : [next];
  });
  return {
    underWay,
    changed,
    write: () => {
      for (const intent of changed) tx.set(INTENTS, intent.intentId, intent);
    },
  };
}

/** Nothing more is armed after `now`. */
export function endedAt(now: EpochMs): (intent: IntentRecord) => IntentRecord {
  return (intent) => (intent.expiresAt > now ? { ...intent, expiresAt: now } : intent);
}

export function hurried(intent: IntentRecord): IntentRecord {
  return intent.isUrgent ? intent : { ...intent, isUrgent: true };
}

/**
 * Answers those that may still fill, their cancel being without effect as yet: an order that the venue does not know may be
 * on its way there. Whoever follows the intent cancels what rests.
 */
export async function cancelResting(deps: EngineDeps, step: 'flatten.cancel-entry' | 'protect.cancel-resting', intents: readonly IntentRecord[]): Promise<readonly IntentRecord[]> {
  const left: IntentRecord[] = [];
  for (const intent of intents) {
    const { symbol, clientOrderId } = intent;
    if (clientOrderId === null) continue;
    const outcome = await deps.step(step, () => deps.venue.cancel({ symbol, clientOrderId }));
    if (outcome.kind !== 'canceled') left.push(intent);
  }
  return left;
}
