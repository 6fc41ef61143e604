/**
 * Once per deployment, after the first sync: which parts of the venue answer from where the engine runs. Trading does not
 * wait for it. Where no records are kept it would never be known that it was done, so it is not done.
 */
import { isReached } from '../../domain/telemetry/venue-probe-of.ts';
import { VENUE_PROBE, VENUE_PROBE_ID } from '../../schema/records/venue-probe.ts';
import type { VenueProbe } from '../../schema/records/venue-probe.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { askVenue, deploymentOf, probedSymbol } from '../probe/ask-venue.ts';

export async function probeAtStart(deps: EngineDeps, last: VenueProbe | null): Promise<void> {
  const { venue, venueName, identity, config, clock } = deps;
  const deployment = deploymentOf(identity);
  const symbol = probedSymbol(config.universe);
  if (last?.deployment === deployment || symbol === null || identity.recordGate.kind === 'closed') return;
  const reach = { venue, venueName, askedFrom: identity.region, accountIsOurs: identity.accountIsOurs };
  const probe = await deps.step('report.probe', () => askVenue(reach, symbol, deployment, clock));
  await deps.step('report.record-probe', () => deps.store.commit((writer) => writer.set(VENUE_PROBE, VENUE_PROBE_ID, probe)));
  if (!probe.parts.every((part) => isReached(part.reach))) deps.log.venuePartlyReached(probe.summary);
}
