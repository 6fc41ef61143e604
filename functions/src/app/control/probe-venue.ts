/**
 * Asks the venue one harmless question of each kind that the engine has for it, and notes who answers. Nothing is placed,
 * cancelled or set. An answer is kept and given again for a minute: who asks often costs the venue's limits nothing.
 */
import type { Found } from '../../domain/found.ts';
import { reachOf, venueProbeOf } from '../../domain/telemetry/venue-probe-of.ts';
import type { Clock } from '../../ports/clock.ts';
import { VENUE_PROBE, VENUE_PROBE_ID } from '../../schema/records/venue-probe.ts';
import type { ProbedPart, VenuePart, VenueProbe } from '../../schema/records/venue-probe.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { ControlDeps, VenueReach } from './control-deps.ts';

const KEPT_MS = 60_000;
const RECENT_MS = 60_000;
/** No order of ours is called so: the venue is to look, and to find nothing. */
const NO_ORDER = 'portcullis-probe';

interface Question {
  readonly part: VenuePart;
  readonly ask: (venue: VenueReach['venue'], symbol: string, now: EpochMs) => Promise<Found<unknown>>;
}

const OF_MARKET: readonly Question[] = [
  { part: 'instruments', ask: (venue, symbol) => venue.instruments([symbol]) },
  { part: 'quotes', ask: (venue, symbol) => venue.quotes([symbol]) },
  { part: 'marks', ask: (venue, symbol) => venue.marks([symbol]) },
  { part: 'books', ask: (venue, symbol) => venue.books([symbol], 5) },
  { part: 'candles', ask: (venue, symbol) => venue.candles([symbol], '1m', 1) },
];

const OF_ACCOUNT: readonly Question[] = [
  { part: 'brackets', ask: (venue, symbol) => venue.brackets([symbol]) },
  { part: 'settings', ask: (venue, symbol) => venue.settings([symbol]) },
  { part: 'account', ask: (venue) => venue.account() },
  { part: 'positions', ask: (venue) => venue.positions() },
  { part: 'orders', ask: (venue) => venue.openOrders() },
  { part: 'orderLookUp', ask: (venue, symbol) => venue.findOrder({ symbol, clientOrderId: NO_ORDER }) },
  { part: 'stops', ask: (venue) => venue.openStops() },
  { part: 'fills', ask: (venue, symbol, now) => venue.fillsSince(symbol, now - RECENT_MS) },
  { part: 'income', ask: (venue, _symbol, now) => venue.incomeSince(now - RECENT_MS) },
];

/** Null when config enables no symbol to ask about. */
export async function probeVenue(deps: Pick<ControlDeps, 'store' | 'clock' | 'config' | 'step' | 'openReach'>): Promise<VenueProbe | null> {
  const { last } = await deps.step('control.read', () => deps.store.get({ last: { collection: VENUE_PROBE, id: VENUE_PROBE_ID } }));
  if (last !== null && Math.abs(deps.clock.now() - last.probedAt) < KEPT_MS) return last;
  const symbol = deps.config.universe.symbols.find(({ enabled }) => enabled)?.symbol;
  if (symbol === undefined) return null;
  const probe = await deps.step('control.probe', async () => ask(await deps.openReach(), symbol, deps.clock));
  await deps.step('control.record-probe', () => deps.store.commit((writer) => writer.set(VENUE_PROBE, VENUE_PROBE_ID, probe)));
  return probe;
}

/**
 * The market first: it tells a network that is down from a key that is refused. Its first answer also bears the time it
 * takes to load a client and to connect. The others are asked at once, so that deadlines do not add up.
 */
async function ask(reach: VenueReach, symbol: string, clock: Clock): Promise<VenueProbe> {
  const probedAt = clock.now();
  const put = (questions: readonly Question[]): Promise<ProbedPart[]> => Promise.all(questions.map((question) => answerTo(question, reach.venue, symbol, clock)));
  const market = [...(await put(OF_MARKET.slice(0, 1))), ...(await put(OF_MARKET.slice(1)))];
  const account = reach.accountIsOurs ? OF_ACCOUNT.map(({ part }): ProbedPart => ({ part, reach: 'simulated', tookMs: null, cause: null })) : await put(OF_ACCOUNT);
  return venueProbeOf({ venue: reach.venueName, askedFrom: reach.askedFrom, symbol, parts: [...market, ...account], probedAt });
}

async function answerTo({ part, ask: put }: Question, venue: VenueReach['venue'], symbol: string, clock: Clock): Promise<ProbedPart> {
  const startedAt = clock.now();
  const found = await put(venue, symbol, startedAt);
  const tookMs = Math.max(0, clock.now() - startedAt);
  return found.kind === 'unavailable' ? { part, reach: reachOf(found.cause), tookMs, cause: found.cause } : { part, reach: 'answered', tookMs, cause: null };
}
