/** The paper venue on a public market over the wire, where it has no key and needs none. */
import { afterAll, expect, test } from 'vitest';
import { createMemoryStore } from '../../../functions/src/adapters/store-memory/memory-store.ts';
import { createCcxtMarket } from '../../../functions/src/adapters/venue-ccxt/create-ccxt-market.ts';
import { createCcxtVenue } from '../../../functions/src/adapters/venue-ccxt/create-ccxt-venue.ts';
import { createPaperVenue } from '../../../functions/src/adapters/venue-paper/create-paper-venue.ts';
import { createSimulatedVenue } from '../../../functions/src/adapters/venue-simulated/create-simulated-venue.ts';
import type { MarketEvent } from '../../../functions/src/domain/matching/market-event.ts';
import { price } from '../../../functions/src/domain/money/units.ts';
import { startVenueServer } from '../../../local/venue/server.ts';
import { accepted, found, limitOrder, marketOrder } from '../../contract/venue/order-requests.ts';
import { stopLoss } from '../../contract/venue/stop-requests.ts';
import { MINUTES, OPEN_MINUTE } from '../../contract/venue/venue-harness.ts';
import { TEST_STAMP } from '../../contract/store/records.ts';
import { T0, instrument, mark, quote } from '../../unit/domain/matching/exchange-builder.ts';
import { scriptedFeed } from '../venue-wire/scripted-feed.ts';

const MINUTE_MS = 60_000;
const events: MarketEvent[] = [quote(), mark()];
const nextMinute = MINUTES.slice(-1).map((minute) => ({ ...minute, openTime: OPEN_MINUTE + MINUTE_MS }));
let now = T0;
const clock = { now: () => now, sleep: () => Promise.resolve() };

const server = await startVenueServer({
  port: 0,
  market: scriptedFeed({ instruments: [instrument()], startTime: T0, events, candles: [...MINUTES, ...nextMinute] }),
  clock: clock.now,
  apiKey: 'unknown0123456789',
  apiSecret: 'unknown0123456789',
  positionMode: 'hedge',
  wallet: { USDT: { balance: '1', usdRate: '1', collateralRatio: '1' } },
});
afterAll(() => server.close());

const target = { env: 'local', baseUrl: server.url, clock, deadlineMs: 5000, shared: null } as const;

test('orders, stops and reads are answered from public calls alone', async () => {
  const venue = createPaperVenue({
    market: createCcxtMarket(target),
    store: createMemoryStore({ namespace: 'paper', stamp: TEST_STAMP }),
    clock,
    venueOn: (exchange, at) => createSimulatedVenue({ exchange, clock: at, candles: () => null }),
  });
  expect(accepted(await venue.place(marketOrder())).averagePrice).toEqual(price('50000.1'));
  expect((await venue.placeStop(stopLoss())).kind).toBe('accepted');
  accepted(await venue.place(limitOrder({ clientOrderId: 'resting', at: '49950' })));

  now = OPEN_MINUTE + 2 * MINUTE_MS;
  expect(found(await venue.findOrder({ symbol: 'BTCUSDT', clientOrderId: 'resting' })).status).toBe('filled');
  now += 1000;
  events.push(quote({ time: now, bidPrice: '48990', askPrice: '48990.2' }), mark({ time: now, markPrice: '48995' }));
  expect(found(await venue.positions())).toEqual([]);
  expect(found(await venue.fillsSince('BTCUSDT', T0)).map((fill) => `${fill.side} ${fill.qty.toFixed()} at ${fill.price.toFixed()}`)).toEqual([
    'buy 0.1 at 50000.1',
    'buy 0.1 at 49950',
    'sell 0.2 at 48990',
  ]);

  expect(Object.keys(server.counters().byEndpoint).toSorted()).toEqual([
    'GET /fapi/v1/exchangeInfo',
    'GET /fapi/v1/klines',
    'GET /fapi/v1/premiumIndex',
    'GET /fapi/v1/ticker/bookTicker',
    'GET /fapi/v1/time',
  ]);
  expect(server.core.state.orderIdByClientId).toEqual({});
});

test('a venue with an account still refuses to be built without a key', () => {
  expect(() => createCcxtVenue({ ...target, apiKey: '', apiSecret: '', writeGate: { kind: 'open' } })).toThrow(/must not be empty/);
});
