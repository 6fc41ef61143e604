/**
 * Makes close intents for positions that config wants closed, as protect finds them, and ends entries that would add to
 * them. What is being closed already is left to whoever does it; an intent that came to nothing is followed by another
 * one after a while.
 */
import { closeIntent } from '../../domain/exits/close-intent.ts';
import type { DueExit } from '../../domain/exits/exits-due.ts';
import { planFlatten } from '../../domain/exits/plan-flatten.ts';
import type { Close } from '../../domain/exits/plan-flatten.ts';
import { derivedId } from '../../domain/identity/derived-id.ts';
import { isEntry } from '../../domain/risk/order-reading.ts';
import type { Transaction } from '../../ports/store.ts';
import { INTENTS } from '../../schema/records/intent.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';
import { positionKey } from '../../schema/records/position.ts';
import { EMPTY_RISK_STATE, RISK_STATE, RISK_STATE_ID } from '../../schema/records/risk-state.ts';
import type { OpenExposure, RiskState } from '../../schema/records/risk-state.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { cancelEntries, planEndOfEntries } from './end-entries.ts';
import { wake } from '../intents/wake.ts';
import { writeIntent } from '../intents/write-intent.ts';

/** Longer than an intent lives. */
const RETRY_MS = 900_000;

/** `gone`: positions that the venue holds no more, closed by a stop or by hand while an entry may still add to them. */
export async function closePositions(deps: EngineDeps, due: readonly DueExit[], gone: readonly OpenExposure[]): Promise<void> {
  if (due.length + gone.length === 0) return;
  const { made, ended } = await deps.step('protect.close', () =>
    deps.store.transact(async (tx) => {
      const { risk: stored } = await tx.get({ risk: { collection: RISK_STATE, id: RISK_STATE_ID } });
      const risk = stored ?? EMPTY_RISK_STATE;
      const now = deps.clock.now();
      const isStanding = (exposure: OpenExposure): boolean => risk.exposures[keyOf(exposure)]?.openedAt === exposure.openedAt;
      const standing = due.filter(({ exposure }) => isStanding(exposure));
      const fresh: IntentRecord[] = [];
      for (const exit of standing) fresh.push(...(await freshClose(deps, tx, exit, risk, now)));
      const entries = await planEndOfEntries(tx, [...standing.map(({ exposure }) => exposure), ...gone.filter(isStanding)].flatMap((exposure) => entriesInto(risk, keyOf(exposure))), now);
      entries.write();
      for (const intent of fresh) writeIntent(tx, intent);
      return { made: fresh, ended: entries.ended };
    }),
  );
  await cancelEntries(deps, 'protect.cancel-entry', ended);
  await wake(deps, 'protect.wake', 'order-intents', made.map(({ intentId }) => intentId));
}

const keyOf = ({ symbol, positionSide }: Pick<OpenExposure, 'symbol' | 'positionSide'>): string => positionKey(symbol, positionSide);

function entriesInto({ reservations }: RiskState, key: string): readonly string[] {
  return Object.entries(reservations).flatMap(([intentId, line]) => (isEntry(line.purpose) && keyOf(line) === key ? [intentId] : []));
}

/** None where it is being closed. A close that was filled and left something, since an entry went on meanwhile, is followed by the next at once. */
async function freshClose(deps: EngineDeps, tx: Transaction, exit: DueExit, risk: RiskState, now: EpochMs): Promise<readonly IntentRecord[]> {
  const { symbol, positionSide } = exit.exposure;
  const [close] = planFlatten(risk, null, { symbol, positionSide }).close;
  if (close === undefined) return [];
  for (let filled = 0; ; filled += 1) {
    const intent = intentOf(deps, close, exit, filled, now);
    const { known } = await tx.get({ known: { collection: INTENTS, id: intent.intentId } });
    if (known === null) return [intent];
    if (known.status !== 'settled') return [];
  }
}

function intentOf(deps: EngineDeps, close: Close, { exposure, dueAt, signal }: DueExit, filled: number, now: EpochMs): IntentRecord {
  const key = keyOf(exposure);
  const round = Math.floor((now - dueAt) / RETRY_MS);
  return closeIntent(close, {
    intentId: derivedId('exit', key, exposure.openedAt, signal?.indicator ?? 'stop', round, ...(filled === 0 ? [] : [filled])),
    tickId: `protect-${key}-${exposure.openedAt}`,
    tier: exposure.tier,
    signal,
    createdAt: now,
    expiresAt: now + deps.config.router.maxIntentSeconds * 1000,
  });
}
