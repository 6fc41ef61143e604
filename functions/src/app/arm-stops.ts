/**
 * Writes which stops are about to be sent, before any of them is: what a stop triggers is told from a stranger's trade by
 * that, even where its sender died before it could say that the stop rests.
 */
import { armed } from '../domain/exits/protection-of.ts';
import type { WantedStop } from '../domain/exits/wanted-stops.ts';
import { positionKey } from '../schema/records/position.ts';
import { PROTECTIONS } from '../schema/records/protection.ts';
import { RISK_STATE, RISK_STATE_ID } from '../schema/records/risk-state.ts';
import type { EngineDeps } from './engine-deps.ts';
import type { ProtectionWish } from './record-protections.ts';

/** Costs nothing where all of them have been sent for the same position before. */
export async function armStops(deps: EngineDeps, wishes: readonly ProtectionWish[], place: readonly WantedStop[], sentBefore: ReadonlySet<string>): Promise<void> {
  if (deps.orderGate.kind === 'closed' || place.every((stop) => sentBefore.has(stop.clientStopId))) return;
  const sending = new Set(place.map((stop) => stop.clientStopId));
  const arming = wishes.filter(({ stops }) => stops.some((stop) => sending.has(stop.clientStopId)));
  await deps.step('protect.arm', () =>
    deps.store.transact(async (tx) => {
      const { risk } = await tx.get({ risk: { collection: RISK_STATE, id: RISK_STATE_ID } });
      const before = await tx.get(Object.fromEntries(arming.map(({ exposure }) => [keyOf(exposure), { collection: PROTECTIONS, id: keyOf(exposure) }])));
      for (const { exposure, stops, bestPrice } of arming) {
        const key = keyOf(exposure);
        // One that has closed meanwhile has no record any more; the venue refuses its stops.
        if (risk?.exposures[key]?.openedAt !== exposure.openedAt) continue;
        tx.set(PROTECTIONS, key, armed(before[key] ?? null, exposure, stops, bestPrice, deps.clock.now()));
      }
    }),
  );
}

function keyOf({ symbol, positionSide }: ProtectionWish['exposure']): string {
  return positionKey(symbol, positionSide);
}
