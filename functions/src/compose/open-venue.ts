import type { SharedBudget } from '../adapters/venue-ccxt/connection.ts';
import type { VenueTarget } from '../adapters/venue-ccxt/venue-origin.ts';
import type { PaperVenueOptions } from '../adapters/venue-paper/create-paper-venue.ts';
import { venueBudgetRecords } from '../app/sync/venue-budget-records.ts';
import type { Environment } from '../config/environment.ts';
import { parseVenueCredentials } from '../config/venue-credentials.ts';
import type { WriteGate } from '../config/write-gate.ts';
import type { Store } from '../ports/store.ts';
import type { Venue } from '../ports/venue.ts';
import { host, startLog } from './host.ts';
import { once } from './once.ts';
import { openStore } from './open-store.ts';
import { VENUE_NAME, engineConfig, environment } from './settings.ts';

const gateOfVenue = once(() => import('../adapters/venue-ccxt/write-gate.ts'));

/** Whether the account is kept in our records, at the market of the venue. */
export const isPaperAccount = ({ tradingEnv, venueBaseUrl }: Pick<Environment, 'tradingEnv' | 'venueBaseUrl'>): boolean => tradingEnv === 'paper' && venueBaseUrl === null;

/** Paper trades on the live market, with an account in the store, unless a simulated exchange takes the venue's place. */
export async function openVenue(credentials: () => unknown, gate: WriteGate, documents: Store): Promise<Venue> {
  const { inProcess } = host();
  if (inProcess !== null) {
    const { behindWriteGate } = await gateOfVenue();
    return { ...inProcess.venue, ...behindWriteGate(gate.orders, inProcess.venue) };
  }
  const { tradingEnv, venueBaseUrl } = environment();
  if (tradingEnv !== 'paper') return openAccount({ env: tradingEnv }, credentials, gate);
  return venueBaseUrl === null ? openPaperAccount(documents, gate) : openAccount({ env: 'local', baseUrl: venueBaseUrl }, credentials, gate);
}

let accounts: { readonly gate: string; readonly venue: Venue } | null = null;

/** Kept over runs for its connection, its clock offset and what it knows of rate limits; rebuilt when the gate turns. */
async function openAccount(target: VenueTarget, credentials: () => unknown, gate: WriteGate): Promise<Venue> {
  const key = JSON.stringify(gate);
  if (accounts?.gate === key) return accounts.venue;
  const { createCcxtVenue } = await import('../adapters/venue-ccxt/create-ccxt-venue.ts');
  const { deadlineMs } = engineConfig().runtime;
  const shared = await sharedBudget(gate);
  const venue = createCcxtVenue({ ...target, ...parseVenueCredentials(credentials()), clock: host().clock, writeGate: gate.orders, deadlineMs, shared });
  accounts = { gate: key, venue };
  return venue;
}

/** Each run has its own, as it has its own store; no credentials are asked for. */
async function openPaperAccount(store: Store, gate: WriteGate): Promise<Venue> {
  const [{ createPaperVenue }, { createSimulatedVenue }] = await Promise.all([
    import('../adapters/venue-paper/create-paper-venue.ts'),
    import('../adapters/venue-simulated/create-simulated-venue.ts'),
  ]);
  const venueOn: PaperVenueOptions['venueOn'] = (exchange, clock) => createSimulatedVenue({ exchange, clock, candles: () => null });
  const { paper, venueSettings } = engineConfig().runtime;
  const terms = { balances: { USDT: String(paper.startBalanceUsd) }, positionMode: venueSettings.positionMode === 'hedge' ? 'hedge' : 'one-way' } as const;
  return createPaperVenue({ market: await liveMarket(gate), store, clock: host().clock, venueOn, terms });
}

let market: PaperVenueOptions['market'] | null = null;

async function liveMarket(gate: WriteGate): Promise<PaperVenueOptions['market']> {
  if (market !== null) return market;
  const { createCcxtMarket } = await import('../adapters/venue-ccxt/create-ccxt-market.ts');
  market = createCcxtMarket({ env: 'prod', clock: host().clock, deadlineMs: engineConfig().runtime.deadlineMs, shared: await sharedBudget(gate) });
  return market;
}

/** In a store of its own, since it outlives the run that opens the venue. Where nothing may be written it only listens. */
async function sharedBudget({ state }: WriteGate): Promise<SharedBudget> {
  const records = venueBudgetRecords(await openStore('venue-budget'), host().clock, VENUE_NAME);
  const save = state.kind === 'open' ? records.save : () => Promise.resolve();
  return { share: { load: records.load, save, onFailure: (cause) => startLog().venueBudgetNotShared(cause) }, entriesMaxPct: engineConfig().runtime.venueBudget.entriesMaxPct };
}
