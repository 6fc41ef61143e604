/**
 * What a venue, or whatever stands between it and us, may answer: every call through the real ccxt client gives a value
 * that makes sense or says that it has none, and no order, cancel or fill is ever taken from an answer about something else.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scriptedVenue, json } from '../unit/adapters/venue-ccxt/scripted-venue.ts';
import type { Reply, ScriptedVenue } from '../unit/adapters/venue-ccxt/scripted-venue.ts';
import { brokenText, changed } from './hostile.ts';
import { FUZZED_CALLS, ORDER_REQUEST, STOP_REQUEST } from './venue-answers.ts';
import type { FuzzedCall } from './venue-answers.ts';

const SLOW = 120_000;
const BODIES = 80;
/** Each needs a client of its own, which is what costs. */
const STATUSES = 15;
/** Read once and kept, so that a second answer would not be looked at. */
const KEPT: ReadonlySet<string> = new Set(['serverTime']);

const headers = fc.record(
  { 'x-mbx-used-weight-1m': fc.constantFrom('1', '-1', 'NaN', '9'.repeat(400), ''), 'retry-after': fc.constantFrom('0', '-5', 'soon', '9'.repeat(400)), 'content-type': fc.constantFrom('text/html', 'application/json') },
  { requiredKeys: [] },
);
const status = fc.constantFrom(200, 201, 302, 400, 403, 404, 418, 429, 451, 500, 502, 503, 599);
const bodyLike = (good: unknown): fc.Arbitrary<string> => fc.oneof(changed(good).map((body) => JSON.stringify(body) ?? ''), brokenText(JSON.stringify(good)));

/** The good answers of all other endpoints, so that one call can be judged by its own. */
async function wellAnswering(call: FuzzedCall): Promise<ScriptedVenue> {
  const venue = await scriptedVenue();
  for (const { endpoint, good } of Object.values(FUZZED_CALLS)) venue.script[endpoint] = json(good);
  venue.script[call.endpoint] = json(call.good);
  return venue;
}

async function answered({ venue, script }: ScriptedVenue, call: FuzzedCall, reply: Reply): Promise<{ readonly kind: string }> {
  script[call.endpoint] = reply;
  return call.ask(venue);
}

describe.each(Object.entries(FUZZED_CALLS))('%s', (name, call) => {
  const faultsOf = (result: { readonly kind: string }): readonly string[] => [
    ...([call.kind, ...call.otherwise].includes(result.kind) ? [] : [`${name} is ${result.kind}`]),
    ...unsound(result, name),
    ...(result.kind === call.kind ? strangersIn(name, result) : []),
  ];

  it('understands the good answer', async () => {
    expect(await answered(await wellAnswering(call), call, json(call.good))).toMatchObject({ kind: call.kind });
  });

  it('gives something sound or says that it has nothing, whatever a success says', { timeout: SLOW }, async () => {
    const shared = await wellAnswering(call);
    await fc.assert(
      fc.asyncProperty(bodyLike(call.good), async (body) => {
        expect(faultsOf(await answered(KEPT.has(name) ? await wellAnswering(call) : shared, call, json(body)))).toEqual([]);
      }),
      { numRuns: KEPT.has(name) ? STATUSES : BODIES },
    );
  });

  it('does so under any status and header, and never waits longer for it than the longest ban', { timeout: SLOW }, async () => {
    await fc.assert(
      fc.asyncProperty(bodyLike(call.good), status, headers, async (body, code, more) => {
        const venue = await wellAnswering(call);
        expect(faultsOf(await answered(venue, call, json(body, code, { ...more })))).toEqual([]);
        expect(venue.venue.budget().bannedUntil ?? 0).toBeLessThanOrEqual(venue.clock.now + 3 * 86_400_000);
      }),
      { numRuns: STATUSES },
    );
  });
});

const NEVER_NEGATIVE: ReadonlySet<string> = new Set(['qty', 'price', 'executedQty', 'averagePrice', 'bid', 'ask', 'bidQty', 'askQty', 'markPrice', 'indexPrice', 'entryPrice', 'liquidationPrice', 'triggerPrice', 'tickSize', 'stepSize', 'minQty', 'maxQty', 'minNotional', 'low', 'volume', 'ratio', 'notionalFloor', 'retryAfterMs']);

/** Numbers that are none, amounts that cannot be written and amounts below zero that never are, at any depth. */
function unsound(value: unknown, where: string): readonly string[] {
  const isNamedNegative = (text: string): boolean => text.startsWith('-') && NEVER_NEGATIVE.has(where.split('.').at(-1) ?? '');
  if (typeof value === 'number') return Number.isFinite(value) && !isNamedNegative(String(value)) ? [] : [`${where} is ${value}`];
  if (typeof value !== 'object' || value === null) return [];
  const amount = amountText(value);
  if (amount !== null) return /^-?\d+(\.\d+)?$/.test(amount) && !isNamedNegative(amount) ? [] : [`${where} is ${amount}`];
  return Object.entries(value).flatMap(([key, inner]) => unsound(inner, `${where}.${key}`));
}

/** Null for what is no decimal. */
function amountText(value: object): string | null {
  return 'toFixed' in value && typeof value.toFixed === 'function' ? String(value.toFixed()) : null;
}

const OURS: Readonly<Record<string, readonly (readonly [path: string, value: unknown])[]>> = {
  place: [['order.clientOrderId', ORDER_REQUEST.clientOrderId], ['order.symbol', 'BTCUSDT'], ['order.side', 'buy']],
  cancel: [['order.clientOrderId', ORDER_REQUEST.clientOrderId], ['order.symbol', 'BTCUSDT']],
  findOrder: [['value.clientOrderId', ORDER_REQUEST.clientOrderId], ['value.symbol', 'BTCUSDT']],
  findOrderOfFill: [['value.venueOrderId', '8389765000000000001'], ['value.symbol', 'BTCUSDT']],
  placeStop: [['stop.clientStopId', STOP_REQUEST.clientStopId], ['stop.symbol', 'BTCUSDT']],
  findStop: [['value.clientStopId', STOP_REQUEST.clientStopId], ['value.symbol', 'BTCUSDT']],
  fillsOfOrder: [['value.*.venueOrderId', '8389765000000000001'], ['value.*.symbol', 'BTCUSDT']],
  fillsSince: [['value.*.symbol', 'BTCUSDT']],
};

/** What of an answer is about something that was not asked for. */
function strangersIn(name: string, result: object): readonly string[] {
  return (OURS[name] ?? []).flatMap(([path, value]) => valuesAt(result, path.split('.')).filter((found) => found !== value).map((found) => `${path} is ${JSON.stringify(found)}`));
}

function valuesAt(value: unknown, [key, ...rest]: readonly string[]): readonly unknown[] {
  if (key === undefined) return [value];
  const inner = key === '*' ? Object.values(Object(value)) : [Reflect.get(Object(value), key)];
  return inner.flatMap((one) => valuesAt(one, rest));
}
