/**
 * Makes close intents for positions that config wants closed, as protect finds them. What is being closed already is left
 * to whoever does it; an intent that came to nothing is followed by another one after a while.
 */
import { closeIntent } from '../domain/exits/close-intent.ts';
import type { DueExit } from '../domain/exits/exits-due.ts';
import { planFlatten } from '../domain/exits/plan-flatten.ts';
import { derivedId } from '../domain/identity/derived-id.ts';
import { INTENTS } from '../schema/records/intent.ts';
import type { IntentRecord } from '../schema/records/intent.ts';
import { positionKey } from '../schema/records/position.ts';
import { EMPTY_RISK_STATE, RISK_STATE, RISK_STATE_ID } from '../schema/records/risk-state.ts';
import type { RiskState } from '../schema/records/risk-state.ts';
import type { EpochMs } from '../schema/scalars.ts';
import type { EngineDeps } from './engine-deps.ts';
import { wake } from './wake.ts';
import { writeIntent } from './write-intent.ts';

/** Longer than an intent lives. */
const RETRY_MS = 900_000;

export async function closePositions(deps: EngineDeps, due: readonly DueExit[]): Promise<void> {
  if (due.length === 0) return;
  const made = await deps.step('protect.close', () =>
    deps.store.transact(async (tx) => {
      const { risk } = await tx.get({ risk: { collection: RISK_STATE, id: RISK_STATE_ID } });
      const now = deps.clock.now();
      const intents = due.flatMap((exit) => intentsOf(deps, exit, risk ?? EMPTY_RISK_STATE, now));
      const known = await tx.get(Object.fromEntries(intents.map(({ intentId }) => [intentId, { collection: INTENTS, id: intentId }])));
      const fresh = intents.filter(({ intentId }) => known[intentId] === null);
      for (const intent of fresh) writeIntent(tx, intent);
      return fresh;
    }),
  );
  await wake(deps, 'protect.wake', 'order-intents', made.map(({ intentId }) => intentId));
}

/** None where the position has changed hands since it was looked at, or is being closed. */
function intentsOf(deps: EngineDeps, { exposure, dueAt, signal }: DueExit, risk: RiskState, now: EpochMs): readonly IntentRecord[] {
  const key = positionKey(exposure.symbol, exposure.positionSide);
  if (risk.exposures[key]?.openedAt !== exposure.openedAt) return [];
  const { symbol, positionSide, tier, openedAt } = exposure;
  return planFlatten(risk, null, { symbol, positionSide }).close.map((close) =>
    closeIntent(close, {
      intentId: derivedId('exit', key, openedAt, signal?.indicator ?? 'stop', Math.floor((now - dueAt) / RETRY_MS)),
      tickId: `protect-${key}-${openedAt}`,
      tier,
      signal,
      createdAt: now,
      expiresAt: now + deps.config.router.maxIntentSeconds * 1000,
    }),
  );
}
