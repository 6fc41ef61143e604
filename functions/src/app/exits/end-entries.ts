/**
 * Ends entries under way by their time, before what they have opened is closed: nothing more is armed, what rests is
 * cancelled at the venue, and whoever follows them finds out and settles.
 */
import type { Transaction } from '../../ports/store.ts';
import { INTENTS } from '../../schema/records/intent.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { EngineDeps } from '../engine-deps.ts';

export interface EndOfEntries {
  /** Those that had not ended yet. */
  readonly ended: readonly IntentRecord[];
  /** For after the transaction's last read. */
  readonly write: () => void;
}

export async function planEndOfEntries(tx: Transaction, intentIds: readonly string[], now: EpochMs): Promise<EndOfEntries> {
  if (intentIds.length === 0) return { ended: [], write: () => undefined };
  const got = await tx.get(Object.fromEntries(intentIds.map((id) => [id, { collection: INTENTS, id }])));
  const ended = Object.values(got).filter((intent): intent is IntentRecord => intent !== null && intent.terminalAt === null);
  return {
    ended,
    write: () => {
      for (const intent of ended) if (intent.expiresAt > now) tx.set(INTENTS, intent.intentId, { ...intent, expiresAt: now });
    },
  };
}

/** A cancel without an answer is no matter: what rests is cancelled by whoever follows the entry. */
export async function cancelEntries(deps: EngineDeps, step: 'flatten.cancel-entry' | 'protect.cancel-entry', ended: readonly IntentRecord[]): Promise<void> {
  for (const { symbol, clientOrderId } of ended) {
    if (clientOrderId !== null) await deps.step(step, () => deps.venue.cancel({ symbol, clientOrderId }));
  }
}
