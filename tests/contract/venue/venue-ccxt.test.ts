import { createCcxtVenue } from '../../../functions/src/adapters/venue-ccxt/create-ccxt-venue.ts';
import type { MarketEvent } from '../../../functions/src/domain/matching/market-event.ts';
import { startVenueServer } from '../../../local/venue/server.ts';
import { scriptedFeed } from '../../integration/venue-wire/scripted-feed.ts';
import { T0, must } from '../../unit/domain/matching/exchange-builder.ts';
import { sharedAccountContract, venueContract } from './venue-contract.ts';
import {
  FEES, FIRST_ORDER_ID, INSTRUMENTS, LEVERAGE, type LosableCall, MINUTES, OPENING_MARKET, type SharedAccountHarness, type StartHarness, WALLET,
} from './venue-harness.ts';

const CREDENTIALS = { apiKey: 'contractKey0123456789', apiSecret: 'contractSecret0123456789' };

const ENDPOINTS: Readonly<Record<LosableCall, { readonly method: string; readonly path: string }>> = {
  place: { method: 'POST', path: '/fapi/v1/order' },
  cancel: { method: 'DELETE', path: '/fapi/v1/order' },
  findOrder: { method: 'GET', path: '/fapi/v1/order' },
  positions: { method: 'GET', path: '/fapi/v3/positionRisk' },
  quotes: { method: 'GET', path: '/fapi/v1/ticker/bookTicker' },
  books: { method: 'GET', path: '/fapi/v1/depth' },
  placeStop: { method: 'POST', path: '/fapi/v1/algoOrder' },
  cancelStop: { method: 'DELETE', path: '/fapi/v1/algoOrder' },
  findStop: { method: 'GET', path: '/fapi/v1/algoOrder' },
  openStops: { method: 'GET', path: '/fapi/v1/openAlgoOrders' },
  fillsSince: { method: 'GET', path: '/fapi/v1/userTrades' },
};

const startOverTheWire: StartHarness<SharedAccountHarness> = async (positionMode) => {
  const events: MarketEvent[] = [...OPENING_MARKET];
  let now = T0;
  const server = await startVenueServer({
    port: 0,
    market: scriptedFeed({ instruments: INSTRUMENTS, startTime: T0, events, candles: MINUTES }),
    clock: () => now,
    ...CREDENTIALS,
    positionMode: positionMode === 'hedge' ? 'hedge' : 'one-way',
    wallet: WALLET,
    fees: FEES,
    leverage: LEVERAGE,
    firstOrderId: FIRST_ORDER_ID,
  });
  const venue = createCcxtVenue({
    env: 'local',
    baseUrl: server.url,
    ...CREDENTIALS,
    clock: { now: () => now, sleep: () => Promise.resolve() },
    writeGate: { kind: 'open' },
    deadlineMs: 5000,
  });
  return {
    venue,
    setTime(time) {
      now = time;
    },
    happens(...next) {
      events.push(...next);
      now = next.at(-1)?.time ?? now;
      server.advanceTo(now);
    },
    lose(call, when) {
      server.faults.add({ match: ENDPOINTS[call], when, effect: { kind: 'drop' }, times: 1 });
    },
    byHand(name, argument) {
      must(server.core.execute(name, argument, now));
    },
    close: () => server.close(),
  };
};

venueContract('venue-ccxt over the wire', startOverTheWire);
sharedAccountContract('venue-ccxt over the wire', startOverTheWire);
