/**
 * What our records say of the stops at the venue, for as long as the venue's own list cannot be read. Nothing is cancelled
 * then, so what rests is left where it is, whatever is wanted by now; only what is missing is placed.
 */
import { price } from '../money/units.ts';
import type { KnownStop } from '../order/protective-stop.ts';
import type { ProtectionRecord } from '../../schema/records/protection.ts';
import type { OpenExposure } from '../../schema/records/risk-state.ts';
import { firstStopId, stopId } from './stop-id.ts';
import type { WantedStop } from './wanted-stops.ts';

type Recorded = KnownStop & Pick<WantedStop, 'kind' | 'triggerPrice'>;

/** None where a stop was sent of which it is not written yet what became: the one before it may be gone. */
export function recordedStops({ symbol, positionSide, openedAt }: OpenExposure, record: ProtectionRecord | null): readonly Recorded[] {
  if (record === null || record.openedAt !== openedAt || !isSettled(record)) return [];
  return record.resting.map(({ clientStopId, kind, triggerPrice }) => ({ clientStopId, symbol, positionSide, kind, triggerPrice: price(triggerPrice), status: 'working' }));
}

/** Whether a stop is one that we have placed for this very position. */
export function isOwnStop(stop: KnownStop, exposure: OpenExposure): stop is Recorded {
  const { status, kind, triggerPrice, clientStopId } = stop;
  return status === 'working' && kind !== 'other' && triggerPrice !== null && firstStopId(clientStopId) === stopId(exposure, kind, triggerPrice);
}

/** What is wanted beside what rests of the same position. */
export function keepingRecorded(wanted: readonly WantedStop[], resting: readonly Recorded[]): readonly WantedStop[] {
  const kept = resting.map(({ clientStopId, symbol, positionSide, kind, triggerPrice }) => ({ clientStopId: firstStopId(clientStopId), symbol, positionSide, kind, triggerPrice }));
  return [...kept, ...wanted.filter((stop) => !kept.some(({ kind }) => kind === stop.kind))];
}

/** Whoever writes what rests puts its names last; a stop that is being sent comes after them. */
function isSettled({ resting, sent }: ProtectionRecord): boolean {
  return sent.slice(sent.length - resting.length).every((id) => resting.some(({ clientStopId }) => clientStopId === id));
}
