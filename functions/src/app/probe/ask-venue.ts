/**
 * Asks the venue one harmless question of each kind that the engine has for it, and notes who answers. Nothing is placed,
 * cancelled or set.
 */
import type { Found } from '../../domain/found.ts';
import { reachOf, venueProbeOf } from '../../domain/telemetry/venue-probe-of.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Venue } from '../../ports/venue.ts';
import type { UniverseConfig } from '../../schema/config/universe-config.ts';
import type { ProbedPart, VenuePart, VenueProbe } from '../../schema/records/venue-probe.ts';
import type { EpochMs } from '../../schema/scalars.ts';

/** The venue as its reads alone, and from where it is asked. */
export interface VenueReach {
  readonly venue: Pick<Venue, 'instruments' | 'quotes' | 'marks' | 'books' | 'candles' | 'brackets' | 'settings' | 'account' | 'positions' | 'openOrders' | 'findOrder' | 'openStops' | 'fillsSince' | 'incomeSince'>;
  readonly venueName: string;
  /** A region, or `this machine`. */
  readonly askedFrom: string;
  /** Whether the account is a simulation of ours, at the venue's market. */
  readonly accountIsOurs: boolean;
}

/** Which engine with which configuration asks. */
export const deploymentOf = ({ engineVersion, configHash }: { readonly engineVersion: string; readonly configHash: string }): string => `${engineVersion} ${configHash}`;

/** The one that stands for all; null when config enables none. */
export const probedSymbol = ({ symbols }: UniverseConfig): string | null => symbols.find(({ enabled }) => enabled)?.symbol ?? null;

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

/**
 * The market first: it tells a network that is down from a key that is refused. Its first answer also bears the time it
 * takes to load a client and to connect. The others are asked at once, so that deadlines do not add up.
 */
export async function askVenue(reach: VenueReach, symbol: string, deployment: string, clock: Clock): Promise<VenueProbe> {
  const probedAt = clock.now();
  const put = (questions: readonly Question[]): Promise<ProbedPart[]> => Promise.all(questions.map((question) => answerTo(question, reach.venue, symbol, clock)));
  const market = [...(await put(OF_MARKET.slice(0, 1))), ...(await put(OF_MARKET.slice(1)))];
  const account = reach.accountIsOurs ? OF_ACCOUNT.map(({ part }): ProbedPart => ({ part, reach: 'simulated', tookMs: null, cause: null })) : await put(OF_ACCOUNT);
  return venueProbeOf({ venue: reach.venueName, askedFrom: reach.askedFrom, deployment, symbol, parts: [...market, ...account], probedAt });
}

async function answerTo({ part, ask: put }: Question, venue: VenueReach['venue'], symbol: string, clock: Clock): Promise<ProbedPart> {
  const startedAt = clock.now();
  const found = await put(venue, symbol, startedAt);
  const tookMs = Math.max(0, clock.now() - startedAt);
  return found.kind === 'unavailable' ? { part, reach: reachOf(found.cause), tookMs, cause: found.cause } : { part, reach: 'answered', tookMs, cause: null };
}
