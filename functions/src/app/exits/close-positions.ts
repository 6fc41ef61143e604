/**
 * Makes close intents for positions that config wants closed, as protect finds them, and ends entries that would add to
 * them. What is being closed already is left to whoever does it, who is hurried where a stop has been passed; an intent
 * that came to nothing is followed by another one, at first soon.
 */
import { closeIntent } from '../../domain/exits/close-intent.ts';
import type { DueExit } from '../../domain/exits/exits-due.ts';
import { planFlatten } from '../../domain/exits/plan-flatten.ts';
import type { Close } from '../../domain/exits/plan-flatten.ts';
import { derivedId } from '../../domain/identity/derived-id.ts';
import { isExiting } from '../../domain/intent/is-exiting.ts';
import { isEntry } from '../../domain/risk/order-reading.ts';
import { tradingStateAt } from '../../domain/risk/trading-state.ts';
import type { Transaction } from '../../ports/store.ts';
import { INTENTS } from '../../schema/records/intent.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';
import { positionKey } from '../../schema/records/position.ts';
import { EMPTY_RISK_STATE, RISK_STATE, RISK_STATE_ID } from '../../schema/records/risk-state.ts';
import type { OpenExposure, Reservation, RiskState } from '../../schema/records/risk-state.ts';
import { TRADING_CONTROL, TRADING_CONTROL_ID } from '../../schema/records/trading-control.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { cancelResting, endedAt, hurried, planChange } from './under-way.ts';
import { wake } from '../intents/wake.ts';
import { writeIntent } from '../intents/write-intent.ts';

/** In each round the second close comes a minute after the end of the first, and each further one after twice the time. */
const ROUND_MS = 900_000;
const RETRY_MS = 60_000;

/** `gone`: positions that the venue holds no more, closed by a stop or by hand while an entry may still add to them. */
export async function closePositions(deps: EngineDeps, due: readonly DueExit[], gone: readonly OpenExposure[]): Promise<void> {
  if (due.length + gone.length === 0) return;
  const { made, ended, hastened } = await deps.step('protect.close', () =>
    deps.store.transact(async (tx) => {
      const { risk: stored, control } = await tx.get({ risk: { collection: RISK_STATE, id: RISK_STATE_ID }, control: { collection: TRADING_CONTROL, id: TRADING_CONTROL_ID } });
      const risk = stored ?? EMPTY_RISK_STATE;
      const now = deps.clock.now();
      const isHalted = tradingStateAt(control, now) === 'HALTED';
      const isStanding = (exposure: OpenExposure): boolean => risk.exposures[keyOf(exposure)]?.openedAt === exposure.openedAt;
      const standing = due.filter(({ exposure }) => isStanding(exposure));
      const fresh: IntentRecord[] = [];
      for (const exit of standing) fresh.push(...(await freshClose(deps, tx, exit, { risk, isHalted }, now)));
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

interface Standing {
  readonly risk: RiskState;
  readonly isHalted: boolean;
}

/**
 * None where it is being closed. A close that was filled and left something, since an entry went on meanwhile, is followed
 * by the next at once; one that came to nothing after a while, and not while trading is halted, when it would come to nothing.
 */
async function freshClose(deps: EngineDeps, tx: Transaction, exit: DueExit, { risk, isHalted }: Standing, now: EpochMs): Promise<readonly IntentRecord[]> {
  const { symbol, positionSide } = exit.exposure;
  const [close] = planFlatten(risk, null, { symbol, positionSide }).close;
  if (close === undefined) return [];
  for (let earlier = 0, futile = 0; ; earlier += 1) {
    const intent = intentOf(deps, close, exit, earlier, now);
    const { known } = await tx.get({ known: { collection: INTENTS, id: intent.intentId } });
    if (known === null) return [intent];
    if (known.status === 'settled') continue;
    const isDue = known.terminalAt !== null && now >= known.terminalAt + RETRY_MS * 2 ** futile;
    if (isHalted || !isDue) return [];
    futile += 1;
  }
}

function intentOf(deps: EngineDeps, close: Close, { exposure, dueAt, signal, isUrgent }: DueExit, earlier: number, now: EpochMs): IntentRecord {
  const key = keyOf(exposure);
  const round = Math.floor((now - dueAt) / ROUND_MS);
  return closeIntent(close, {
    intentId: derivedId('exit', key, exposure.openedAt, signal?.indicator ?? 'stop', round, ...(earlier === 0 ? [] : [earlier])),
    tickId: `protect-${key}-${exposure.openedAt}`,
    tier: exposure.tier,
    signal,
    createdAt: now,
    expiresAt: now + deps.config.router.maxIntentSeconds * 1000,
    isUrgent,
  });
}
