/** Ends an intent: terminal status, reservation released, outbox closed, route and attribution written, in one commit. */
import { attributionOf } from '../../domain/attribution/attribution-of.ts';
import { withCost, withEnded } from '../../domain/intent/intent-progress.ts';
import { closed } from '../../domain/intent/lease.ts';
import { afterClose } from '../../domain/exits/flip.ts';
import { release } from '../../domain/risk/reservations.ts';
import { routeOf } from '../../domain/routing/route-of.ts';
import { ATTRIBUTION } from '../../schema/records/attribution.ts';
import { INTENTS } from '../../schema/records/intent.ts';
import { OUTBOX } from '../../schema/records/outbox-entry.ts';
import { RISK_STATE, RISK_STATE_ID } from '../../schema/records/risk-state.ts';
import { FLIPS } from '../../schema/records/flip.ts';
import { ROUTES } from '../../schema/records/route-record.ts';
import type { EngineDeps } from '../engine-deps.ts';
import type { Held } from './fenced.ts';
import { fenced } from './fenced.ts';
import type { Following, Settlement } from './following.ts';
import { toldCost } from '../told-cost.ts';
import { wake } from '../intents/wake.ts';
import { writeFlip } from '../intents/write-flip.ts';

const DAY_MS = 86_400_000;

export async function settle(deps: EngineDeps, held: Held, state: Following, settlement: Settlement): Promise<void> {
  const cost = toldCost(deps.costs);
  const opened = await deps.step('confirm.settle', () =>
    fenced(deps, held, state.order.clientOrderId, async (tx, work) => {
      const { flip } = await tx.get({ flip: { collection: FLIPS, id: held.intentId } });
      const now = deps.clock.now();
      const past = work.order === null ? work.intent : withEnded(work.intent, work.order);
      const intent = { ...past, status: settlement.status, statusReason: settlement.reason, terminalAt: now };
      const risk = release(work.risk, held.intentId);
      tx.set(RISK_STATE, RISK_STATE_ID, risk);
      tx.set(OUTBOX, held.intentId, closed(work.entry, now));
      tx.set(ROUTES, held.intentId, routeOf(intent, settlement.status, now, deps.config.router.routeRetentionDays * DAY_MS));
      tx.set(ATTRIBUTION, held.intentId, attributionOf(intent, settlement.status, now));
      const next = flip === null ? null : writeFlip(tx, afterClose(flip, intent, risk, now), now);
      tx.set(INTENTS, held.intentId, withCost(intent, 'confirm', cost.take()));
      return next;
    }),
  );
  if (opened !== null) await wake(deps, 'confirm.wake', 'order-intents', [opened]);
  deps.log.intentSettled(held.intentId, state.intent.symbol, settlement.status, settlement.reason);
}
