/**
 * Keeps the stops at the venue in step with the open positions: after every sync for all of them, and right after an
 * intent has filled. Positions whose time is up, or whose stop the market has passed, get a close intent. Runs without a lease: what it asks for is derived and the venue refuses a second stop of a kind.
 * While the list of stops cannot be read, our records stand in for it: nothing is cancelled or moved, but what is missing is placed.
 */
import { exitRulesOf } from '../../domain/exits/exit-rules.ts';
import { passedStopOf, timeStopOf } from '../../domain/exits/exits-due.ts';
import { planProtections } from '../../domain/exits/plan-protections.ts';
import { isOwnStop, keepingRecorded, recordedStops } from '../../domain/exits/recorded-stops.ts';
import { bestPriceOf } from '../../domain/exits/trailing-stop.ts';
import { firstStopId } from '../../domain/exits/stop-id.ts';
import { trailOf, wantedStops } from '../../domain/exits/wanted-stops.ts';
import type { WantedStop } from '../../domain/exits/wanted-stops.ts';
import { instrumentOf } from '../../domain/market/instrument-record.ts';
import type { KnownStop, StopCancelOutcome, StopOutcome, StopRequest } from '../../domain/order/protective-stop.ts';
import { MARKETS } from '../../schema/records/market-metadata.ts';
import type { MarketMetadata } from '../../schema/records/market-metadata.ts';
import { positionKey } from '../../schema/records/position.ts';
import { EMPTY_RISK_STATE, RISK_STATE, RISK_STATE_ID } from '../../schema/records/risk-state.ts';
import type { OpenExposure, RiskState } from '../../schema/records/risk-state.ts';
import { armStop } from './arm-stop.ts';
import { closePositions } from './close-positions.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { queryProtections, recordedProtections } from './read-protections.ts';
import type { RecordedProtections } from './read-protections.ts';
import { recordProtections } from './record-protections.ts';
import type { ProtectionWish, StopFailure, UntakenNames } from './record-protections.ts';
import { unusedNames } from './unused-names.ts';

const RISK = { collection: RISK_STATE, id: RISK_STATE_ID };

export async function protect(deps: EngineDeps): Promise<void> {
  const { risk, markets, recorded, damaged } = await deps.step('protect.read-state', () => readState(deps));
  const exposures = Object.values(risk.exposures);
  const { strategies } = deps.config.strategies;
  const overdue = exposures.map((exposure) => timeStopOf(exposure, strategies, deps.clock.now())).filter((exit) => exit !== null);
  const listed = await deps.step('protect.read-stops', () => deps.venue.openStops());
  const isListed = listed.kind === 'found';
  if (!isListed) deps.log.stopsUnavailable(listed.cause);
  const recordedOf = (exposure: OpenExposure) => recordedStops(exposure, recorded.get(positionKey(exposure.symbol, exposure.positionSide)) ?? null);
  const known = isListed ? listed.value : exposures.flatMap(recordedOf);
  const wishes = exposures.map((exposure) => {
    const wish = wishOf(deps, exposure, { markets, recorded, stops: known });
    return isListed ? wish : { ...wish, stops: keepingRecorded(wish.stops, recordedOf(exposure)) };
  });
  const plan = planProtections(wishes.flatMap((wish) => wish.stops), known);
  const atVenue = isListed ? new Set(known.map(({ clientStopId }) => clientStopId)) : null;
  for (const stop of plan.cancel) {
    if (await cancel(deps, stop)) atVenue?.delete(stop.clientStopId);
  }
  const { names, failures, untaken } = await placeAll(deps, wishes, plan.place, recorded);
  for (const { clientStopId } of known) names.set(firstStopId(clientStopId), clientStopId);
  await recordProtections(deps, { wishes, failures, names, untaken, recorded, damaged, atVenue });
  const passed = wishes.flatMap(({ exposure, stops: own }) =>
    own.filter((stop) => failures.get(stop.clientStopId)?.isPassed === true).map((stop) => passedStopOf(exposure, stop, strategies)),
  );
  const gone = wishes.filter(({ stops: own }) => own.some((stop) => failures.get(stop.clientStopId)?.isMoot === true)).map(({ exposure }) => exposure);
  await closePositions(deps, [...overdue, ...passed], gone);
}

interface ProtectionState extends RecordedProtections {
  readonly risk: RiskState;
  readonly markets: MarketMetadata | null;
}

/** Read here and now, not handed down: what its caller knows may be older than the fills that caller has booked. */
async function readState(deps: EngineDeps): Promise<ProtectionState> {
  const [{ risk: stored, markets }, queried] = await Promise.all([
    deps.store.get({ risk: RISK, markets: { collection: MARKETS, id: deps.venueName } }),
    queryProtections(deps.store),
  ]);
  const risk = stored ?? EMPTY_RISK_STATE;
  return { risk, markets, ...(await recordedProtections(deps, queried, risk)) };
}

interface AtHand extends Pick<ProtectionState, 'markets' | 'recorded'> {
  readonly stops: readonly KnownStop[];
}

function wishOf(deps: EngineDeps, exposure: OpenExposure, { markets, recorded, stops }: AtHand): ProtectionWish {
  const rules = exitRulesOf(exposure, deps.config);
  const instrument = instrumentOf(markets, exposure.symbol);
  if (rules === null) return { exposure, stops: [], bestPrice: null, hindrance: null };
  if (instrument === null) {
    const kept = keepingRecorded([], stops.filter((stop) => isOwnStop(stop, exposure)));
    return { exposure, stops: kept, bestPrice: null, hindrance: kept.length > 0 ? null : `the order rules of ${exposure.symbol} are not known yet` };
  }
  const trail = trailOf(exposure, stops, recorded.get(positionKey(exposure.symbol, exposure.positionSide)) ?? null);
  return { exposure, stops: wantedStops(exposure, rules, instrument, trail), bestPrice: rules.trailing === null ? null : bestPriceOf(exposure, trail), hindrance: null };
}

/** True when it is gone without having fired; one that the venue does not know any more may have. */
async function cancel(deps: EngineDeps, { clientStopId, symbol }: KnownStop): Promise<boolean> {
  if (deps.orderGate.kind === 'closed') return false;
  const outcome: StopCancelOutcome = await deps.step('protect.cancel-stop', () => deps.venue.cancelStop({ symbol, clientStopId }));
  deps.log.stopCancelled(clientStopId, outcome.kind);
  return outcome.kind === 'canceled';
}

interface Placed {
  /** By first name, which is what a position's wishes go by; `failures` too. */
  readonly names: Map<string, string>;
  readonly failures: Map<string, StopFailure>;
  /** By position. */
  readonly untaken: Map<string, UntakenNames>;
}

async function placeAll(deps: EngineDeps, wishes: readonly ProtectionWish[], wanted: readonly WantedStop[], recorded: ProtectionState['recorded']): Promise<Placed> {
  const placed: Placed = { names: new Map(), failures: new Map(), untaken: new Map() };
  const { orderGate } = deps;
  if (orderGate.kind === 'closed') {
    for (const { clientStopId } of wanted) placed.failures.set(clientStopId, failed(`writeGate: ${orderGate.reason}`, true));
    return placed;
  }
  const unused = await unusedNames(deps, wanted, recorded);
  const known = new Map(recorded);
  for (const wish of wishes) {
    const key = positionKey(wish.exposure.symbol, wish.exposure.positionSide);
    let names: string[] = [];
    for (const stop of wish.stops.filter((own) => wanted.includes(own))) {
      const armed = await armStop(deps, wish, stop, { last: known.get(key) ?? null, unused: unused.get(stop.clientStopId) ?? null });
      if (armed === null) continue;
      known.set(key, armed.record);
      if (armed.isShared) names = [];
      placed.names.set(stop.clientStopId, armed.request.clientStopId);
      const failure = await place(deps, armed.request);
      if (failure === null) continue;
      placed.failures.set(stop.clientStopId, failure);
      if (failure.isUntaken) names.push(armed.request.clientStopId);
    }
    const armedAt = known.get(key)?.changedAt;
    if (names.length > 0 && armedAt !== undefined) placed.untaken.set(key, { names, armedAt });
  }
  return placed;
}

const failed = (reason: string, isUntaken: boolean): StopFailure => ({ reason, isPassed: false, isMoot: false, isUntaken });

/** Null when the stop rests; otherwise why it does not. An unclear answer is looked at again by the next sync. */
async function place(deps: EngineDeps, stop: StopRequest): Promise<StopFailure | null> {
  const outcome: StopOutcome = await deps.step('protect.place-stop', () => deps.venue.placeStop(stop));
  const failure = failureOf(outcome);
  deps.log.stopPlaced(stop.clientStopId, outcome.kind, failure?.reason ?? null);
  return failure;
}

function failureOf(outcome: StopOutcome): StopFailure | null {
  switch (outcome.kind) {
    case 'accepted':
      return null;
    case 'rejected':
      // One of its kind rests already: an earlier placement of which we never heard.
      if (outcome.code === 'stopExists' || outcome.code === 'duplicateClientOrderId') return null;
      return { reason: `${outcome.code}: ${outcome.message}`, isPassed: outcome.code === 'wouldTrigger', isMoot: outcome.code === 'positionMissing', isUntaken: true };
    case 'notPlaced':
      return failed(outcome.cause, true);
    case 'ambiguous':
      return failed(outcome.cause, false);
    case 'refusedByWriteGate':
      return failed(`writeGate: ${outcome.reason}`, true);
  }
}
