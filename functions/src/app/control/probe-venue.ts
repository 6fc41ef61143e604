/** The venue's reach when somebody asks. An answer is kept and given again for a minute: who asks often costs the venue's limits nothing. */
import { VENUE_PROBE, VENUE_PROBE_ID } from '../../schema/records/venue-probe.ts';
import type { VenueProbe } from '../../schema/records/venue-probe.ts';
import { askVenue, deploymentOf, probedSymbol } from '../probe/ask-venue.ts';
import type { ControlDeps } from './control-deps.ts';

const KEPT_MS = 60_000;

/** Null when config enables no symbol to ask about. */
export async function probeVenue(deps: Pick<ControlDeps, 'store' | 'clock' | 'config' | 'step' | 'openReach' | 'engineVersion' | 'configHash'>): Promise<VenueProbe | null> {
  const { last } = await deps.step('control.read', () => deps.store.get({ last: { collection: VENUE_PROBE, id: VENUE_PROBE_ID } }));
  if (last !== null && Math.abs(deps.clock.now() - last.probedAt) < KEPT_MS) return last;
  const symbol = probedSymbol(deps.config.universe);
  if (symbol === null) return null;
  const probe = await deps.step('control.probe', async () => askVenue(await deps.openReach(), symbol, deploymentOf(deps), deps.clock));
  await deps.step('control.record-probe', () => deps.store.commit((writer) => writer.set(VENUE_PROBE, VENUE_PROBE_ID, probe)));
  return probe;
}
