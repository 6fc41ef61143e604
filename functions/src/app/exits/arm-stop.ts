/**
 * Writes which stop is about to be sent, just before it is: what a stop triggers is told from a stranger's trade by that,
 * even where its sender died before it could say that the stop rests.
 */
import { armed, withoutName } from '../../domain/exits/protection-of.ts';
import type { WantedStop } from '../../domain/exits/wanted-stops.ts';
import type { StopRequest } from '../../domain/order/protective-stop.ts';
import { positionKey } from '../../schema/records/position.ts';
import { PROTECTIONS } from '../../schema/records/protection.ts';
import type { ProtectionRecord } from '../../schema/records/protection.ts';
import { RISK_STATE, RISK_STATE_ID } from '../../schema/records/risk-state.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { readStored } from '../read-stored.ts';
import type { ProtectionWish } from './record-protections.ts';

export interface KnownNames {
  /** The position's protection as this run has last read or written it. */
  readonly last: ProtectionRecord | null;
  /** The latest name of the stop, where it never arrived at the venue. */
  readonly unused: string | null;
}

export interface ArmedStop {
  readonly record: ProtectionRecord;
  /** Another run has written the record since this one last did: what this one was refused may have been sent again. */
  readonly isShared: boolean;
  /** Under the name to send it with. Its time is the record's: once the venue refuses it as late, the name is settled. */
  readonly request: StopRequest;
}

/** Null when the position has closed meanwhile. */
export async function armStop(deps: EngineDeps, { exposure, bestPrice }: ProtectionWish, stop: WantedStop, { last, unused }: KnownNames): Promise<ArmedStop | null> {
  const key = positionKey(exposure.symbol, exposure.positionSide);
  return deps.step('protect.arm', () =>
    deps.store.transact(async (tx) => {
      const { risk } = await tx.get({ risk: { collection: RISK_STATE, id: RISK_STATE_ID } });
      const stored = await readStored(tx, PROTECTIONS, key);
      // A damaged one is written anew.
      const before = stored === 'corrupt' ? null : stored;
      // One that has closed meanwhile has no record any more; the venue would refuse its stops.
      if (risk?.exposures[key]?.openedAt !== exposure.openedAt) return null;
      const isShared = before !== null && before.changedAt !== last?.changedAt;
      // A run beside this one may have sent the name since it was asked for.
      const known = before === null || unused === null || isShared ? before : withoutName(before, unused);
      const now = deps.clock.now();
      const next = armed(known, exposure, stop, bestPrice, now);
      tx.set(PROTECTIONS, key, next.record);
      return { record: next.record, isShared, request: { ...stop, clientStopId: next.clientStopId, armedAt: now } };
    }),
  );
}
