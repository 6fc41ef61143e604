/**
 * What is sent for an order, over every mode, type, quote and purpose, held against a venue that refuses what Binance
 * refuses: whatever the builders let through is accepted, and no term that the venue refuses is ever built.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCcxtVenue } from '../../../functions/src/adapters/venue-ccxt/create-ccxt-venue.ts';
import type { CcxtVenue } from '../../../functions/src/adapters/venue-ccxt/create-ccxt-venue.ts';
import { orderPayload } from '../../../functions/src/adapters/venue-ccxt/order-payload.ts';
import { stopPayload } from '../../../functions/src/adapters/venue-ccxt/stop-payload.ts';
import type { PositionMode } from '../../../functions/src/domain/account/account.ts';
import { qty } from '../../../functions/src/domain/money/units.ts';
import type { OrderRequest } from '../../../functions/src/domain/order/venue-order.ts';
import type { PositionSide, Side } from '../../../functions/src/schema/scalars.ts';
import { startVenueServer } from '../../../local/venue/server.ts';
import type { VenueServer } from '../../../local/venue/server.ts';
import { accepted, limitOrder, marketOrder } from '../../contract/venue/order-requests.ts';
import { stopLoss, takeProfit } from '../../contract/venue/stop-requests.ts';
import { INSTRUMENTS, OPENING_MARKET, WALLET } from '../../contract/venue/venue-harness.ts';
import { T0 } from '../../unit/domain/matching/exchange-builder.ts';
import { codeOf, signedCall } from './raw-client.ts';
import { scriptedFeed } from './scripted-feed.ts';
import { API_KEY, API_SECRET } from './venue-fixture.ts';

const MODES = ['hedge', 'oneWay'] as const;
const SYMBOLS = ['BTCUSDT', 'BTCUSDC'] as const;
const SIDES = ['long', 'short'] as const;
const TYPES = ['GTX', 'IOC', 'GTC', 'market'] as const;
const PURPOSES = ['open', 'reduce'] as const;
const DIRECTIONS = ['buy', 'sell'] as const;

interface Combination {
  readonly type: (typeof TYPES)[number];
  readonly purpose: (typeof PURPOSES)[number];
  readonly side: Side;
}

const COMBINATIONS: readonly Combination[] = TYPES.flatMap((type) => PURPOSES.flatMap((purpose) => DIRECTIONS.map((side) => ({ type, purpose, side }))));

/** Away from the market for what rests, into it for what takes. */
function priceOf({ type, side }: Combination): string {
  const rests = type === 'GTX' || type === 'GTC';
  return (side === 'buy') === rests ? '49000' : '51000';
}

function requestOf(symbol: string, positionSide: PositionSide, combination: Combination): OrderRequest {
  const { type, purpose, side } = combination;
  const common = { symbol, positionSide, side, reducing: purpose === 'reduce', qty: qty('0.01'), clientOrderId: `pc-${type}-${purpose}-${side}` };
  return type === 'market' ? marketOrder(common) : limitOrder({ ...common, at: priceOf(combination), timeInForce: type });
}

function isConsistent({ purpose, side }: Combination, positionSide: PositionSide): boolean {
  return (side === 'buy') === ((positionSide === 'long') === (purpose === 'open'));
}

async function startVenue(mode: PositionMode): Promise<{ readonly server: VenueServer; readonly venue: CcxtVenue }> {
  const credentials = { apiKey: API_KEY, apiSecret: API_SECRET };
  const market = scriptedFeed({ instruments: INSTRUMENTS, startTime: T0, events: [...OPENING_MARKET] });
  const server = await startVenueServer({ port: 0, market, clock: () => T0, ...credentials, positionMode: mode === 'hedge' ? 'hedge' : 'one-way', wallet: WALLET, leverage: 10 });
  const clock = { now: () => T0, sleep: () => Promise.resolve() };
  return { server, venue: createCcxtVenue({ env: 'local', baseUrl: server.url, ...credentials, clock, writeGate: { kind: 'open' } }) };
}

describe.each(MODES.flatMap((mode) => SYMBOLS.flatMap((symbol) => SIDES.map((positionSide) => ({ mode, symbol, positionSide })))))('in $mode mode, with a $positionSide of $symbol', ({ mode, symbol, positionSide }) => {
  const side: Side = positionSide === 'long' ? 'buy' : 'sell';
  let server: VenueServer;
  let venue: CcxtVenue;

  beforeAll(async () => {
    ({ server, venue } = await startVenue(mode));
    accepted(await venue.place(marketOrder({ symbol, positionSide, side, qty: qty('0.2'), clientOrderId: 'pc-held' })));
  });
  afterAll(() => server.close());

  test.each(COMBINATIONS)('$type to $purpose by a $side: built and accepted, or neither', async (combination) => {
    const request = requestOf(symbol, positionSide, combination);
    const outcome = await venue.place(request);
    const { openOrders, closedOrders } = server.core.state;
    const sent = [...Object.values(openOrders).flat(), ...Object.values(closedOrders)].some((order) => order.clientOrderId === request.clientOrderId);
    const came = outcome.kind === 'rejected' ? outcome.venueCode : outcome.kind;
    expect([came, sent]).toEqual(isConsistent(combination, positionSide) ? ['accepted', true] : ['not sent', false]);
  });

  test('both full stops are accepted beside each other', async () => {
    const [low, high] = ['45000', '55000'];
    const isLong = positionSide === 'long';
    expect((await venue.placeStop(stopLoss({ symbol, positionSide, at: isLong ? low : high }))).kind).toBe('accepted');
    expect((await venue.placeStop(takeProfit({ symbol, positionSide, at: isLong ? high : low }))).kind).toBe('accepted');
  });
});

type Params = Readonly<Record<string, string>>;

interface Forbidden {
  readonly title: string;
  readonly mode: PositionMode;
  readonly path: '/fapi/v1/order' | '/fapi/v1/algoOrder';
  /** Added to what is built, or taken away where null. */
  readonly change: Readonly<Record<string, string | null>>;
  readonly code: number;
  readonly isIn: (params: Params) => boolean;
}

const has = (name: string) => (params: Params): boolean => params[name] !== undefined;
const lacks = (name: string) => (params: Params): boolean => params[name] === undefined;

const FORBIDDEN: readonly Forbidden[] = [
  { title: 'reduceOnly in hedge mode', mode: 'hedge', path: '/fapi/v1/order', change: { reduceOnly: 'true' }, code: -1106, isIn: has('reduceOnly') },
  { title: 'no position side in hedge mode', mode: 'hedge', path: '/fapi/v1/order', change: { positionSide: null }, code: -4061, isIn: lacks('positionSide') },
  { title: 'a position side in one-way mode', mode: 'oneWay', path: '/fapi/v1/order', change: { positionSide: 'LONG' }, code: -4061, isIn: has('positionSide') },
  { title: 'a conditional type on the plain endpoint', mode: 'hedge', path: '/fapi/v1/order', change: { type: 'STOP_MARKET' }, code: -4120, isIn: ({ type }) => type !== 'LIMIT' && type !== 'MARKET' },
  { title: 'a limit without time in force', mode: 'hedge', path: '/fapi/v1/order', change: { timeInForce: null }, code: -1102, isIn: ({ type, timeInForce }) => type === 'LIMIT' && timeInForce === undefined },
  { title: 'a limit without price', mode: 'hedge', path: '/fapi/v1/order', change: { price: null }, code: -1102, isIn: ({ type, price }) => type === 'LIMIT' && price === undefined },
  { title: 'a market order with a price', mode: 'hedge', path: '/fapi/v1/order', change: { type: 'MARKET', timeInForce: null }, code: -1106, isIn: ({ type, price }) => type === 'MARKET' && price !== undefined },
  { title: 'a market order with time in force', mode: 'hedge', path: '/fapi/v1/order', change: { type: 'MARKET', price: null }, code: -1106, isIn: ({ type, timeInForce }) => type === 'MARKET' && timeInForce !== undefined },
  { title: 'an order without quantity', mode: 'hedge', path: '/fapi/v1/order', change: { quantity: null }, code: -1102, isIn: lacks('quantity') },
  { title: 'a full stop with quantity', mode: 'hedge', path: '/fapi/v1/algoOrder', change: { quantity: '0.1' }, code: -4137, isIn: has('quantity') },
  { title: 'a full stop with reduceOnly in hedge mode', mode: 'hedge', path: '/fapi/v1/algoOrder', change: { reduceOnly: 'true' }, code: -1106, isIn: has('reduceOnly') },
  { title: 'a full stop with reduceOnly in one-way mode', mode: 'oneWay', path: '/fapi/v1/algoOrder', change: { reduceOnly: 'true' }, code: -1106, isIn: has('reduceOnly') },
  { title: 'a stop without trigger price', mode: 'hedge', path: '/fapi/v1/algoOrder', change: { triggerPrice: null }, code: -1102, isIn: lacks('triggerPrice') },
];

/** Everything that the builders let through in this mode. */
function built(mode: PositionMode, path: Forbidden['path']): readonly Params[] {
  const payloads = SYMBOLS.flatMap((symbol) =>
    SIDES.flatMap((positionSide) =>
      path === '/fapi/v1/order'
        ? COMBINATIONS.map((combination) => orderPayload(requestOf(symbol, positionSide, combination), mode))
        : [stopLoss({ symbol, positionSide }), takeProfit({ symbol, positionSide })].map((request) => stopPayload(request, mode)),
    ),
  );
  return payloads.flatMap((payload) => (payload.ok ? [payload.params] : []));
}

describe('a term that the venue refuses', () => {
  test.each(FORBIDDEN)('is never built: $title', ({ mode, path, isIn }) => {
    const payloads = built(mode, path);
    expect(payloads.length).toBeGreaterThan(3);
    expect(payloads.filter(isIn)).toEqual([]);
  });

  test.each(FORBIDDEN)('is refused there: $title', async ({ mode, path, change, code }) => {
    const { server } = await startVenue(mode);
    const [first] = built(mode, path);
    const changed = Object.entries({ ...first, ...change }).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
    const query = new URLSearchParams(Object.fromEntries(changed)).toString();
    const reply = await signedCall(server.url, { method: 'POST', path, query }, T0);
    await server.close();
    expect(codeOf(reply)).toBe(code);
  });
});
