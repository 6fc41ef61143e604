/**
 * Of stops that are to be sent again, the latest name where it has never arrived. That name is theirs to use again, so
 * that an hour of unclear answers does not leave an hour's names behind, each of which would have to be asked for when a
 * fill is to be explained.
 */
import { firstStopId } from '../../domain/exits/stop-id.ts';
import type { WantedStop } from '../../domain/exits/wanted-stops.ts';
import { positionKey } from '../../schema/records/position.ts';
import type { ProtectionRecord } from '../../schema/records/protection.ts';
import type { EngineDeps } from '../engine-deps.ts';

/** By the first name of the stop. `recorded`: protections by position, as stored when the run began. What cannot be read counts as used. */
export async function unusedNames(deps: EngineDeps, place: readonly WantedStop[], recorded: ReadonlyMap<string, ProtectionRecord>): Promise<ReadonlyMap<string, string>> {
  const unused = new Map<string, string>();
  for (const { clientStopId: first, symbol, positionSide } of place) {
    const entry = recorded.get(positionKey(symbol, positionSide));
    const latest = entry?.sent.findLast((id) => firstStopId(id) === first);
    // A request just armed may still be on its way; the venue refuses it once it is older than that.
    if (entry === undefined || latest === undefined || deps.clock.now() < entry.changedAt + deps.routing.invalidAfterMs) continue;
    const found = await deps.step('protect.find-stop', () => deps.venue.findStop({ symbol, clientStopId: latest }));
    if (found.kind === 'absent') unused.set(first, latest);
  }
  return unused;
}
