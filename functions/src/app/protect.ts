/**
 * Keeps the stops at the venue in step with the open positions: after every sync for all of them, and right after an
 * intent has filled. Runs without a lease: what it asks for is derived and the venue refuses a second stop of a kind.
 */
import { planProtections } from '../domain/exits/plan-protections.ts';
import { wantedStops } from '../domain/exits/wanted-stops.ts';
import type { WantedStop } from '../domain/exits/wanted-stops.ts';
import { instrumentOf } from '../domain/market/instrument-record.ts';
import type { StopCancelOutcome, StopOutcome, VenueStop } from '../domain/order/protective-stop.ts';
import { MARKETS } from '../schema/records/market-metadata.ts';
import type { MarketMetadata } from '../schema/records/market-metadata.ts';
import { PROTECTIONS } from '../schema/records/protection.ts';
import type { ProtectionRecord } from '../schema/records/protection.ts';
import { EMPTY_RISK_STATE, RISK_STATE, RISK_STATE_ID } from '../schema/records/risk-state.ts';
import type { OpenExposure, RiskState } from '../schema/records/risk-state.ts';
import type { EngineDeps } from './engine-deps.ts';
import { recordProtections } from './record-protections.ts';

/** More positions than any account of ours holds. */
const RECORDS_AT_ONCE = 200;
const RISK = { collection: RISK_STATE, id: RISK_STATE_ID };

export async function protect(deps: EngineDeps): Promise<void> {
  const { risk, markets, recorded } = await deps.step('protect.read-state', () => readState(deps));
  const exposures = Object.values(risk.exposures);
  const stops = await deps.step('protect.read-stops', () => deps.venue.openStops());
  if (stops.kind === 'unavailable') return deps.log.stopsUnavailable(stops.cause);
  const wanted = exposures.flatMap((exposure) => wantedOf(deps, exposure, markets));
  const plan = planProtections(wanted, stops.value);
  for (const stop of plan.cancel) await cancel(deps, stop);
  const failures = new Map<string, string>();
  for (const stop of plan.place) {
    const failure = await place(deps, stop);
    if (failure !== null) failures.set(stop.clientStopId, failure);
  }
  await recordProtections(deps, { exposures, wanted, failures, recorded });
}

interface ProtectionState {
  readonly risk: RiskState;
  readonly markets: MarketMetadata | null;
  /** Protection records by position, of closed ones too. */
  readonly recorded: ReadonlyMap<string, ProtectionRecord>;
}

/** Read here and now, not handed down: what its caller knows may be older than the fills that caller has booked. */
async function readState(deps: EngineDeps): Promise<ProtectionState> {
  const [{ risk, markets }, records] = await Promise.all([
    deps.store.get({ risk: RISK, markets: { collection: MARKETS, id: deps.venueName } }),
    deps.store.query({ collection: PROTECTIONS, where: [], limit: RECORDS_AT_ONCE }),
  ]);
  return { risk: risk ?? EMPTY_RISK_STATE, markets, recorded: new Map(records.map((entry) => [entry.id, entry.data])) };
}

function wantedOf(deps: EngineDeps, exposure: OpenExposure, markets: MarketMetadata | null): readonly WantedStop[] {
  const instrument = instrumentOf(markets, exposure.symbol);
  return instrument === null ? [] : wantedStops(exposure, deps.config.strategies.strategies, instrument);
}

async function cancel(deps: EngineDeps, { clientStopId, symbol }: VenueStop): Promise<void> {
  if (deps.orderGate.kind === 'closed') return;
  const outcome: StopCancelOutcome = await deps.step('protect.cancel-stop', () => deps.venue.cancelStop({ symbol, clientStopId }));
  deps.log.stopCancelled(clientStopId, outcome.kind);
}

/** Null when the stop rests; otherwise why it does not. An unclear answer is looked at again by the next sync. */
async function place(deps: EngineDeps, stop: WantedStop): Promise<string | null> {
  if (deps.orderGate.kind === 'closed') return `writeGate: ${deps.orderGate.reason}`;
  const outcome: StopOutcome = await deps.step('protect.place-stop', () => deps.venue.placeStop({ ...stop, armedAt: deps.clock.now() }));
  deps.log.stopPlaced(stop.clientStopId, outcome.kind);
  switch (outcome.kind) {
    case 'accepted':
      return null;
    case 'rejected':
      // One of its kind rests already: an earlier placement of which we never heard.
      return outcome.code === 'stopExists' || outcome.code === 'duplicateClientOrderId' ? null : `${outcome.code}: ${outcome.message}`;
    case 'notPlaced':
    case 'ambiguous':
      return outcome.cause;
    case 'refusedByWriteGate':
      return `writeGate: ${outcome.reason}`;
  }
}
