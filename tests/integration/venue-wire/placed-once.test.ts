/**
 * One order request over the wire, whatever happens to it or to its answer: the venue has the order once or not at all,
 * the outcome claims nothing that is not so, looking it up finds out, and sending it again under its id adds nothing.
 */
import { afterEach, describe, expect, test } from 'vitest';
import { createCcxtVenue } from '../../../functions/src/adapters/venue-ccxt/create-ccxt-venue.ts';
import type { FaultEffect, FaultRule } from '../../../local/venue/faults.ts';
import { startVenueServer } from '../../../local/venue/server.ts';
import { limitOrder } from '../../contract/venue/order-requests.ts';
import { INSTRUMENTS, OPENING_MARKET, WALLET } from '../../contract/venue/venue-harness.ts';
import { T0 } from '../../unit/domain/matching/exchange-builder.ts';
import { scriptedFeed } from './scripted-feed.ts';
import { API_KEY, API_SECRET } from './venue-fixture.ts';

const DEADLINE_MS = 600;
const CREDENTIALS = { apiKey: API_KEY, apiSecret: API_SECRET };

const cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(cleanUp.splice(0).map((close) => close()));
});

const said = (status: number, code: number, msg: string): FaultEffect => ({ kind: 'answer', status, body: JSON.stringify({ code, msg }) });
const html = (status: number): FaultEffect => ({ kind: 'answer', status, body: '<html><body>Gateway</body></html>', contentType: 'text/html' });
const body = (text: string): FaultEffect => ({ kind: 'answer', status: 200, body: text });

interface Case {
  readonly title: string;
  readonly when: FaultRule['when'];
  readonly effect: FaultEffect;
  readonly outcome: 'accepted' | 'ambiguous' | 'notPlaced';
}

/** What leaves unclear whether the order was taken, and may happen before as well as after it was. */
const UNCLEAR: readonly (readonly [string, FaultEffect])[] = [
  ['a reset connection', { kind: 'drop' }],
  ['no answer within the deadline', { kind: 'hang' }],
  ['408 with -1007', said(408, -1007, 'Timeout waiting for response from backend server. Send status unknown; execution status unknown.')],
  ['408 without a code', html(408)],
  ['500 without a code', { kind: 'answer', status: 500, body: '' }],
  ['500 with -1000', said(500, -1000, 'An unknown error occurred while processing the request.')],
  ['502 in HTML', html(502)],
  ['503 with -1000', said(503, -1000, 'Unknown error, please check your request or try again later.')],
  ['503 in HTML', html(503)],
  ['504 in HTML', html(504)],
  ['an empty 200', body('')],
  ['a 200 of HTML', html(200)],
  ['a 200 of half a body', body('{"orderId":83897650')],
  ['a 200 of another shape', body('{"result":"ok"}')],
  ['a 200 of an empty list', body('[]')],
  ['a code that nobody has listed', said(400, -4999, 'Something new.')],
];

const CASES: readonly Case[] = [
  ...UNCLEAR.flatMap(([title, effect]): Case[] => [
    { title: `${title}, before the venue took it`, when: 'before', effect, outcome: 'ambiguous' },
    { title: `${title}, after the venue took it`, when: 'after', effect, outcome: 'ambiguous' },
  ]),
  { title: 'an answer cut in the middle', when: 'after', effect: { kind: 'truncate' }, outcome: 'ambiguous' },
  { title: 'a body slower than the deadline', when: 'after', effect: { kind: 'slowBody', delayMs: 10 * DEADLINE_MS }, outcome: 'ambiguous' },
  { title: 'a body slow but in time', when: 'after', effect: { kind: 'slowBody', delayMs: DEADLINE_MS / 20 }, outcome: 'accepted' },
  { title: '503 that says it was not executed', when: 'before', effect: said(503, -1008, 'Request throttled by system-level protection.'), outcome: 'notPlaced' },
  { title: '429', when: 'before', effect: { kind: 'answer', status: 429, body: '{"code":-1003,"msg":"Too many requests."}', retryAfterS: 1 }, outcome: 'notPlaced' },
];

async function start() {
  let now = T0;
  const server = await startVenueServer({
    port: 0,
    market: scriptedFeed({ instruments: INSTRUMENTS, startTime: T0, events: [...OPENING_MARKET] }),
    clock: () => now,
    ...CREDENTIALS,
    positionMode: 'hedge',
    wallet: WALLET,
    leverage: 10,
  });
  cleanUp.push(() => server.close());
  const clock = { now: () => now, sleep: () => Promise.resolve() };
  const open = () => createCcxtVenue({ env: 'local', baseUrl: server.url, ...CREDENTIALS, clock, writeGate: { kind: 'open' }, deadlineMs: DEADLINE_MS });
  const taken = (): number => [...Object.values(server.core.state.openOrders).flat(), ...Object.values(server.core.state.closedOrders)].length;
  const pass = (ms: number): void => {
    now += ms;
  };
  return { server, open, taken, pass };
}

const REQUEST = limitOrder();
const REF = { symbol: REQUEST.symbol, clientOrderId: REQUEST.clientOrderId };

describe('an order is placed once', () => {
  test.each(CASES)('$title', async ({ when, effect, outcome }) => {
    const { server, open, taken, pass } = await start();
    const venue = open();
    await venue.positions();
    server.faults.add({ match: { method: 'POST', path: '/fapi/v1/order' }, when, effect, times: 1 });
    const first = await venue.place(REQUEST);
    expect([first.kind, server.faults.fired]).toEqual([outcome, 1]);
    const orders = when === 'after' ? 1 : 0;
    expect(taken()).toBe(orders);

    pass(1000);
    expect((await venue.findOrder(REF)).kind).toBe(orders === 1 ? 'found' : 'absent');
    const again = await venue.place(REQUEST);
    expect(again).toMatchObject(orders === 1 ? { kind: 'rejected', code: 'duplicateClientOrderId' } : { kind: 'accepted' });
    expect(taken()).toBe(1);
  });

  test('a duplicate id says that an earlier send arrived, and the order is found as it is', async () => {
    const { open, taken } = await start();
    const venue = open();
    expect((await venue.place(REQUEST)).kind).toBe('accepted');
    expect(await venue.place(REQUEST)).toMatchObject({ kind: 'rejected', code: 'duplicateClientOrderId' });
    expect(await venue.findOrder(REF)).toMatchObject({ kind: 'found', value: { status: 'new' } });
    expect(taken()).toBe(1);
  });

  test('two processes that send it at once place one order', async () => {
    const { open, taken } = await start();
    const outcomes = await Promise.all([open(), open()].map((venue) => venue.place(REQUEST)));
    expect(outcomes.map((outcome) => (outcome.kind === 'rejected' ? outcome.code : outcome.kind)).toSorted()).toEqual(['accepted', 'duplicateClientOrderId']);
    expect(taken()).toBe(1);
  });

  test('a request that arrives after its receive window is refused, so that absence can be proven', async () => {
    const { open, taken, pass } = await start();
    const venue = open();
    await venue.positions();
    pass(venue.receiveWindowMs + 1);
    expect(await venue.place(REQUEST)).toMatchObject({ kind: 'notPlaced' });
    expect(taken()).toBe(0);
  });
});
