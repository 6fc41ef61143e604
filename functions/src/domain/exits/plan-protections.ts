/**
 * What must change at the venue so that every position has the stops it should have and no others of ours remain.
 * Pure; what it asks for may be repeated, since ids are derived and the venue holds one stop of a kind per side.
 */
import type { KnownStop } from '../order/protective-stop.ts';
import { STOP_PREFIX, firstStopId } from './stop-id.ts';
import type { WantedStop } from './wanted-stops.ts';

export interface ProtectionPlan {
  /** Ours, and of no present position or price. Cancelled first: two of a kind cannot rest side by side. */
  readonly cancel: readonly KnownStop[];
  readonly place: readonly WantedStop[];
}

export function planProtections(wanted: readonly WantedStop[], known: readonly KnownStop[]): ProtectionPlan {
  const working = known.filter((stop) => stop.status === 'working');
  const wantedIds = new Set(wanted.map((stop) => stop.clientStopId));
  const kept = working.filter((stop) => !isOurs(stop) || wantedIds.has(firstStopId(stop.clientStopId)));
  return {
    cancel: working.filter((stop) => isOurs(stop) && !wantedIds.has(firstStopId(stop.clientStopId))),
    // A stop of the kind that somebody else placed protects as well, and the venue would refuse a second.
    place: wanted.filter((stop) => !kept.some((other) => other.symbol === stop.symbol && other.positionSide === stop.positionSide && other.kind === stop.kind)),
  };
}

function isOurs(stop: KnownStop): boolean {
  return stop.clientStopId.startsWith(STOP_PREFIX);
}
