/**
 * The Venue port for paper trading: the live public market, and an account that exists in our store alone. Nothing here can
 * reach an account of the real venue. Before each call the account is brought to the market read for it.
 *
 * What it simplifies, each time against us where it matters:
 * 1. Takers trade against the quote read now, its size and a made-up depth beyond. What they took stays taken until the
 *    quote changes. An IOC order's remainder expires.
 * 2. A resting order fills whole when a later quote offers its price to a taker, or when a closed minute that began after it
 *    (and after every other order of its symbol) traded beyond it, up to that minute's volume. There is no queue to advance
 *    in: trades at its price alone never fill it.
 * 3. Stops trigger and positions are liquidated at the marks that are read, so between two calls none is seen.
 * 4. Funding is paid on what is held when the market announces the next settlement, at the rate announced last before it.
 * 5. What happened between calls is booked when it is noticed, never before what has been read already.
 * 6. Leverage brackets, price bands and fees are general ones: the venue tells its own to account holders only.
 * 7. History ends: see pruned.ts.
 */
import type { Exchange } from '../../domain/matching/exchange.ts';
import { tiersOfBrackets } from '../../domain/matching/tiers-of-brackets.ts';
import type { Found } from '../../domain/found.ts';
import type { CancelOutcome, VenueOutcome } from '../../domain/order/venue-order.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import type { Venue } from '../../ports/venue.ts';
import { type AccountDesk, type Act, type Change, type Sight, createAccountDesk } from './account-desk.ts';
import type { PublicMarket } from './market-since.ts';
import { PAPER_TERMS, type PaperTerms } from './paper-terms.ts';

export interface PaperVenueOptions {
  readonly market: PublicMarket;
  readonly store: Store;
  readonly clock: Clock;
  /** The Venue port on an exchange in memory, at the time of its clock. */
  readonly venueOn: (exchange: Exchange, clock: Clock) => Venue;
  readonly terms?: Partial<PaperTerms>;
}

const RECEIVE_WINDOW_MS = 5000;
const RETRY_AFTER_MS = 1000;

export function createPaperVenue({ market, terms, ...options }: PaperVenueOptions): Venue {
  const desk = createAccountDesk({ ...options, market, terms: { ...PAPER_TERMS, ...terms } });
  return {
    receiveWindowMs: RECEIVE_WINDOW_MS,
    instruments: (symbols) => market.instruments(symbols),
    quotes: (symbols) => market.quotes(symbols),
    marks: (symbols) => market.marks(symbols),
    books: (symbols, levels) => market.books(symbols, levels),
    candles: (symbols, timeframe, count) => market.candles(symbols, timeframe, count),
    ...reads(desk),
    brackets: (symbols) => bracketsOf(market, { ...PAPER_TERMS, ...terms }, symbols),
    settings: (symbols) => settingsOf(desk, symbols, terms?.leverage ?? PAPER_TERMS.leverage),
    ...finds(desk),
    ...placements(desk),
    ...cancels(desk),
  };
}

function reads(desk: AccountDesk): Pick<Venue, 'account' | 'positions' | 'openOrders' | 'openStops' | 'incomeSince' | 'fillsOfOrder' | 'fillsSince'> {
  return {
    account: () => looked(desk, null, ({ venue }) => venue.account()),
    positions: () => looked(desk, null, ({ venue }) => venue.positions()),
    openOrders: () => looked(desk, null, ({ venue }) => venue.openOrders()),
    openStops: () => looked(desk, null, ({ venue }) => venue.openStops()),
    incomeSince: (since) => looked(desk, null, ({ venue }) => venue.incomeSince(since)),
    fillsOfOrder: (ref) => looked(desk, ref.symbol, ({ venue }) => venue.fillsOfOrder(ref)),
    fillsSince: (symbol, since) =>
      looked(desk, symbol, async ({ venue, account }) => {
        const prunedUntil = account.tradesPrunedUntil[symbol];
        if (prunedUntil === undefined || since > prunedUntil) return venue.fillsSince(symbol, since);
        return { kind: 'unavailable', cause: `fills of ${symbol} are kept from after ${prunedUntil} on, asked for since ${since}` };
      }),
  };
}

/** Proof of absence is a change: a placement that loaded the account before it, and stalled, can then no longer be stored. */
function finds(desk: AccountDesk): Pick<Venue, 'findOrder' | 'findOrderOfFill' | 'findStop'> {
  const find = async <T>(symbol: string, ask: (venue: Venue) => Promise<Found<T>>): Promise<Found<T>> => {
    const seen = await looked<Found<T>>(desk, symbol, ({ venue }) => ask(venue));
    if (seen.kind !== 'absent') return seen;
    const proven = await desk.change(symbol, ({ venue }) => ask(venue));
    return proven.kind === 'made' ? proven.value : { kind: 'unavailable', cause: proven.cause };
  };
  return {
    findOrder: (ref) => find(ref.symbol, (venue) => venue.findOrder(ref)),
    findOrderOfFill: (ref) => find(ref.symbol, (venue) => venue.findOrderOfFill(ref)),
    findStop: (ref) => find(ref.symbol, (venue) => venue.findStop(ref)),
  };
}

/** A contract is listed when it is first traded or set; until then it is as the account begins. */
function settingsOf(desk: AccountDesk, symbols: readonly string[], leverage: number): ReturnType<Venue['settings']> {
  return looked(desk, null, async ({ venue, account }) => {
    const listed = await venue.settings(symbols);
    if (listed.kind === 'unavailable') return listed;
    const unlisted = symbols.filter((symbol) => account.exchange.state.settings[symbol] === undefined);
    return { ...listed, value: { ...listed.value, symbols: [...listed.value.symbols, ...unlisted.map((symbol) => ({ symbol, leverage, marginMode: 'cross' as const }))] } };
  });
}

/** The public market does not tell them: they are what the paper account's contracts are listed with. */
async function bracketsOf(market: PublicMarket, { contract }: PaperTerms, symbols: readonly string[]): ReturnType<Venue['brackets']> {
  const instruments = await market.instruments(symbols);
  if (instruments.kind === 'unavailable') return instruments;
  return { ...instruments, value: instruments.value.map((instrument) => tiersOfBrackets(contract(instrument))) };
}

function placements(desk: AccountDesk): Pick<Venue, 'place' | 'placeStop' | 'setLeverage' | 'setMarginMode'> {
  return {
    async place(request) {
      const change = await desk.change(request.symbol, async (act): Promise<VenueOutcome> => {
        const { orderIdByClientId } = act.account.exchange.state;
        if (isOfThisCall(orderIdByClientId[`${request.symbol}:${request.clientOrderId}`], act)) {
          const order = await act.venue.findOrder(request);
          if (order.kind === 'found') return { kind: 'accepted', order: order.value };
        }
        return isPriced(request.symbol, act) ? act.venue.place(request) : notPlaced(`${request.symbol} has no quote or no mark now`);
      });
      return outcomeOf(change);
    },
    async placeStop(request) {
      const change = await desk.change(request.symbol, async (act): ReturnType<Venue['placeStop']> => {
        if (isOfThisCall(act.account.exchange.state.algoIdByClientId[request.clientStopId], act)) {
          const stop = await act.venue.findStop(request);
          if (stop.kind === 'found') return { kind: 'accepted', stop: stop.value };
        }
        return isPriced(request.symbol, act) ? act.venue.placeStop(request) : notPlaced(`${request.symbol} has no quote or no mark now`);
      });
      return outcomeOf(change);
    },
    setLeverage: async (symbol, leverage) => outcomeOf(await desk.change(symbol, ({ venue }) => venue.setLeverage(symbol, leverage))),
    setMarginMode: async (symbol, marginMode) => outcomeOf(await desk.change(symbol, ({ venue }) => venue.setMarginMode(symbol, marginMode))),
  };
}

/** A cancel that could not be made leaves everything open, which only a look can tell: as ambiguous as one that was lost. */
function cancels(desk: AccountDesk): Pick<Venue, 'cancel' | 'cancelStop'> {
  return {
    async cancel(ref): Promise<CancelOutcome> {
      const change = await desk.change(ref.symbol, ({ venue }) => venue.cancel(ref));
      return change.kind === 'made' ? change.value : { kind: 'ambiguous', cause: change.cause };
    },
    async cancelStop(ref) {
      const change = await desk.change(ref.symbol, ({ venue }) => venue.cancelStop(ref));
      return change.kind === 'made' ? change.value : { kind: 'ambiguous', cause: change.cause };
    },
  };
}

async function looked<F extends Found<unknown>>(
  desk: AccountDesk,
  symbol: string | null,
  ask: (at: Sight) => Promise<F>,
): Promise<F | Extract<Found<never>, { kind: 'unavailable' }>> {
  const sight = await desk.look(symbol);
  return sight.kind === 'found' ? ask(sight.value) : sight;
}

/** Whether an earlier run of this call's transaction has placed it: its commit succeeded though it was reported failed. */
function isOfThisCall(id: string | undefined, { firstOrderId }: Act): boolean {
  return id !== undefined && BigInt(id) >= BigInt(firstOrderId);
}

/** Unknown symbols count as priced: refusing them is the exchange's business. */
function isPriced(symbol: string, { account, since }: Act): boolean {
  if (account.exchange.state.instruments[symbol] === undefined) return true;
  return since.quotes.some((quote) => quote.symbol === symbol) && since.marks.some((mark) => mark.symbol === symbol);
}

type NotPlaced = Extract<VenueOutcome, { kind: 'notPlaced' }>;

function notPlaced(cause: string): NotPlaced {
  return { kind: 'notPlaced', cause, retryAfterMs: RETRY_AFTER_MS };
}

function outcomeOf<T>(change: Change<T>): T | NotPlaced | Extract<VenueOutcome, { kind: 'ambiguous' }> {
  switch (change.kind) {
    case 'made':
      return change.value;
    case 'notMade':
      return notPlaced(change.cause);
    case 'unclear':
      return { kind: 'ambiguous', cause: change.cause };
  }
}
