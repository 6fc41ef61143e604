/**
 * Makes close intents for positions that config wants closed, as protect finds them, and ends entries that would add to
 * them. What is being closed already is left to whoever does it, who is hurried where a stop has been passed; an intent
 * that came to nothing is followed by another one after a while.
 */
import { closeIntent } from '../../domain/exits/close-intent.ts';
import type { DueExit } from '../../domain/exits/exits-due.ts';
import { planFlatten } from '../../domain/exits/plan-flatten.ts';
import type { Close } from '../../domain/exits/plan-flatten.ts';
import { derivedId } from '../../domain/identity/derived-id.ts';
import { isExiting } from '../../domain/intent/is-exiting.ts';
import { isEntry } from '../../domain/risk/order-reading.ts';
import type { Transaction } from '../../ports/store.ts';
import { INTENTS } from '../../schema/records/intent.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';
import { positionKey } from '../../schema/records/position.ts';
import { EMPTY_RISK_STATE, RISK_STATE, RISK_STATE_ID } from '../../schema/records/risk-state.ts';
import type { OpenExposure, Reservation, RiskState } from '../../schema/records/risk-state.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { cancelResting, endedAt, hurried, planChange } from './under-way.ts';
import { wake } from '../intents/wake.ts';
import { writeIntent } from '../intents/write-intent.ts';

/** Longer than an intent lives. */
const RETRY_MS = 900_000;

/** `gone`: positions that the venue holds no more, closed by a stop or by hand while an entry may still add to them. */
export async function closePositions(deps: EngineDeps, due: readonly DueExit[], gone: readonly OpenExposure[]): Promise<void> {
  if (due.length + gone.length === 0) return;
  const { made, ended, hastened } = await deps.step('protect.close', () =>
    deps.store.transact(async (tx) => {
      const { risk: stored } = await tx.get({ risk: { collection: RISK_STATE, id: RISK_STATE_ID } });
      const risk = stored ?? EMPTY_RISK_STATE;
      const now = deps.clock.now();
      const isStanding = (exposure: OpenExposure): boolean => risk.exposures[keyOf(exposure)]?.openedAt === exposure.openedAt;
      const standing = due.filter(({ exposure }) => isStanding(exposure));
      const fresh: IntentRecord[] = [];
      for (const exit of standing) fresh.push(...(await freshClose(deps, tx, exit, risk, now)));
      const over = [...standing.map(({ exposure }) => exposure), ...gone.filter(isStanding)];
      const entries = await planChange(tx, over.flatMap((exposure) => reserved(risk, exposure, ({ purpose }) => isEntry(purpose))), endedAt(now));
      const urgent = standing.filter(({ isUrgent }) => isUrgent);
      const exits = await planChange(tx, urgent.flatMap(({ exposure }) => reserved(risk, exposure, isExiting)), hurried);
      entries.write();
      exits.write();
      for (const intent of fresh) writeIntent(tx, intent);
      return { made: fresh, ended: entries.underWay, hastened: exits.changed };
    }),
  );
  for (const { intentId, symbol } of hastened) deps.log.exitHurried(intentId, symbol);
  await cancelResting(deps, 'protect.cancel-resting', [...ended, ...hastened]);
  await wake(deps, 'protect.wake', 'order-intents', made.map(({ intentId }) => intentId));
  await wake(deps, 'protect.wake', 'order-checks', hastened.map(({ intentId }) => intentId));
}

const keyOf = ({ symbol, positionSide }: Pick<OpenExposure, 'symbol' | 'positionSide'>): string => positionKey(symbol, positionSide);

/** Intents under way that have reserved something of this position's. */
function reserved({ reservations }: RiskState, exposure: OpenExposure, isMeant: (line: Reservation) => boolean): readonly string[] {
  return Object.entries(reservations).flatMap(([intentId, line]) => (isMeant(line) && keyOf(line) === keyOf(exposure) ? [intentId] : []));
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

function intentOf(deps: EngineDeps, close: Close, { exposure, dueAt, signal, isUrgent }: DueExit, filled: number, now: EpochMs): IntentRecord {
  const key = keyOf(exposure);
  const round = Math.floor((now - dueAt) / RETRY_MS);
  return closeIntent(close, {
    intentId: derivedId('exit', key, exposure.openedAt, signal?.indicator ?? 'stop', round, ...(filled === 0 ? [] : [filled])),
    tickId: `protect-${key}-${exposure.openedAt}`,
    tier: exposure.tier,
    signal,
    createdAt: now,
    expiresAt: now + deps.config.router.maxIntentSeconds * 1000,
    isUrgent,
  });
}
