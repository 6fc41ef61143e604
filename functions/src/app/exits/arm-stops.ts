/**
 * Writes which stops are about to be sent, before any of them is: what a stop triggers is told from a stranger's trade by
 * that, even where its sender died before it could say that the stop rests.
 */
import { armed, withoutNames } from '../../domain/exits/protection-of.ts';
import type { WantedStop } from '../../domain/exits/wanted-stops.ts';
import { positionKey } from '../../schema/records/position.ts';
import { PROTECTIONS } from '../../schema/records/protection.ts';
import type { ProtectionRecord } from '../../schema/records/protection.ts';
import { RISK_STATE, RISK_STATE_ID } from '../../schema/records/risk-state.ts';
import type { EngineDeps } from '../engine-deps.ts';
import type { ProtectionWish } from './record-protections.ts';

export interface KnownNames {
  /** Protections by position, as stored when the run began. */
  readonly recorded: ReadonlyMap<string, ProtectionRecord>;
  /** Of those, names that never arrived at the venue. */
  readonly unused: ReadonlySet<string>;
}

/** The stops under the names to send them with. Those of a position that has closed meanwhile are left out. */
export async function armStops(deps: EngineDeps, wishes: readonly ProtectionWish[], place: readonly WantedStop[], { recorded, unused }: KnownNames): Promise<readonly WantedStop[]> {
  if (place.length === 0) return [];
  const byPosition = Map.groupBy(place, (stop) => positionKey(stop.symbol, stop.positionSide));
  const arming = wishes.flatMap(({ exposure, bestPrice }) => {
    const key = positionKey(exposure.symbol, exposure.positionSide);
    const stops = byPosition.get(key);
    return stops === undefined ? [] : [{ key, exposure, bestPrice, stops }];
  });
  return deps.step('protect.arm', () =>
    deps.store.transact(async (tx) => {
      const { risk } = await tx.get({ risk: { collection: RISK_STATE, id: RISK_STATE_ID } });
      const before = await tx.get(Object.fromEntries(arming.map(({ key }) => [key, { collection: PROTECTIONS, id: key }])));
      return arming.flatMap(({ key, exposure, bestPrice, stops }) => {
        // One that has closed meanwhile has no record any more; the venue would refuse its stops.
        if (risk?.exposures[key]?.openedAt !== exposure.openedAt) return [];
        const entry = before[key] ?? null;
        // A run beside this one may have sent the name since it was asked for.
        const known = entry === null || entry.changedAt !== recorded.get(key)?.changedAt ? entry : withoutNames(entry, unused);
        const next = armed(known, exposure, stops, bestPrice, deps.clock.now());
        tx.set(PROTECTIONS, key, next.record);
        return next.stops;
      });
    }),
  );
}
