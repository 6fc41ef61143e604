import { createMemoryStore } from '../../../functions/src/adapters/store-memory/memory-store.ts';
import { createPaperVenue } from '../../../functions/src/adapters/venue-paper/create-paper-venue.ts';
import { createSimulatedVenue } from '../../../functions/src/adapters/venue-simulated/create-simulated-venue.ts';
import type { Candle } from '../../../functions/src/domain/market/market.ts';
import type { VenueInstrument } from '../../../functions/src/domain/matching/venue-instrument.ts';
import type { Venue } from '../../../functions/src/ports/venue.ts';
import { TEST_STAMP } from '../store/records.ts';
import { T0 } from '../../unit/domain/matching/exchange-builder.ts';
import { type FaultyStore, faultyStore } from './faulty-store.ts';
import { type ScriptedPublicMarket, scriptedPublicMarket } from './scripted-public-market.ts';
import { venueContract } from './venue-contract.ts';
import {
  FEES, FIRST_ORDER_ID, FIRST_TRAN_ID, INSTRUMENTS, LEVERAGE, type LosableCall, MINUTES, NEXT_FUNDING, OPENING_MARKET, type StartHarness, WALLET,
} from './venue-harness.ts';

const MINUTE_MS = 60_000;

const BTC_MINUTES: readonly Candle[] = MINUTES.map(({ openTime, open, high, low, close, volume }) => ({
  openAt: openTime,
  closeAt: openTime + MINUTE_MS,
  open: Number(open),
  high: Number(high),
  low: Number(low),
  close: Number(close),
  volume: Number(volume),
}));

/** The terms that the other venues of the contract have. */
function contractOf({ symbol }: { readonly symbol: string }): VenueInstrument {
  const terms = INSTRUMENTS.find((instrument) => instrument.symbol === symbol);
  if (terms === undefined) throw new Error(`${symbol} is not in the contract's market`);
  return terms;
}

const startPaper: StartHarness = async (positionMode) => {
  let now = T0;
  const clock = { now: () => now, sleep: () => Promise.resolve() };
  const documents = faultyStore(createMemoryStore({ namespace: 'paper', stamp: TEST_STAMP }));
  const scripted = scriptedPublicMarket({ instruments: INSTRUMENTS, now: clock.now, nextFunding: NEXT_FUNDING, minutes: { BTCUSDT: BTC_MINUTES } });
  for (const event of OPENING_MARKET) scripted.happens(event);
  const venue = createPaperVenue({
    market: scripted.market,
    store: documents.store,
    clock,
    venueOn: (exchange, at) => createSimulatedVenue({ exchange, clock: at, candles: () => null }),
    terms: {
      balances: Object.fromEntries(Object.entries(WALLET).map(([asset, { balance }]) => [asset, balance])),
      positionMode: positionMode === 'hedge' ? 'hedge' : 'one-way',
      fees: FEES,
      leverage: LEVERAGE,
      firstOrderId: FIRST_ORDER_ID,
      firstTranId: FIRST_TRAN_ID,
      contract: contractOf,
    },
  });
  // The account begins when it is first looked at.
  await venue.account();
  const losses = new Map<LosableCall, 'before' | 'after'>();
  return {
    venue: losing(venue, (call) => {
      const when = losses.get(call);
      losses.delete(call);
      if (when !== undefined) loseInside(documents, scripted, call, when);
    }),
    setTime(time) {
      now = time;
    },
    happens(...events) {
      for (const event of events) scripted.happens(event);
      now = events.at(-1)?.time ?? now;
    },
    lose: (call, when) => losses.set(call, when),
    close: () => Promise.resolve(),
  };
};

/** A venue that tells of each losable call before it is made. */
function losing(venue: Venue, beforeCall: (call: LosableCall) => void): Venue {
  const told = <T>(call: LosableCall, make: () => T): T => {
    beforeCall(call);
    return make();
  };
  return {
    ...venue,
    place: (request) => told('place', () => venue.place(request)),
    cancel: (ref) => told('cancel', () => venue.cancel(ref)),
    placeStop: (request) => told('placeStop', () => venue.placeStop(request)),
    cancelStop: (ref) => told('cancelStop', () => venue.cancelStop(ref)),
    findOrder: (ref) => told('findOrder', () => venue.findOrder(ref)),
    findStop: (ref) => told('findStop', () => venue.findStop(ref)),
    openStops: () => told('openStops', () => venue.openStops()),
    positions: () => told('positions', () => venue.positions()),
    fillsSince: (symbol, since) => told('fillsSince', () => venue.fillsSince(symbol, since)),
    quotes: (symbols) => told('quotes', () => venue.quotes(symbols)),
    books: (symbols, levels) => told('books', () => venue.books(symbols, levels)),
  };
}

/** The paper venue has no wire: what can be lost on the way is its commit, its account or the market. */
function loseInside(documents: FaultyStore, scripted: ScriptedPublicMarket, call: LosableCall, when: 'before' | 'after'): void {
  switch (call) {
    case 'place':
    case 'cancel':
    case 'placeStop':
    case 'cancelStop':
      return documents.failNext({ of: 'transact', when });
    case 'findOrder':
    case 'findStop':
    case 'openStops':
    case 'positions':
    case 'fillsSince':
      return documents.failNext({ of: 'get', when });
    case 'quotes':
    case 'books':
      return scripted.failNext(call);
  }
}

venueContract('venue-paper', startPaper, 'tradeThrough');
