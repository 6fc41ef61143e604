import { describe, expect, test } from 'vitest';
import { type VenueReply, refusalOfReply } from '../../../../functions/src/adapters/venue-ccxt/refusal-of-reply.ts';

const VENUE_NOW = 1_763_700_000_000;

function reply(over: Partial<VenueReply> & { readonly json?: unknown }): VenueReply {
  const body = over.body ?? (over.json === undefined ? '' : JSON.stringify(over.json));
  return { status: 400, statusText: 'Bad Request', headers: new Map(), json: undefined, ...over, body };
}

describe('refusalOfReply', () => {
  test.each<[string, Partial<VenueReply>]>([
    ['an order', { status: 200, json: { orderId: 1, symbol: 'BTCUSDT' } }],
    ['a list', { status: 200, json: [{ symbol: 'BTCUSDT' }] }],
    ['an acknowledgement with code 200', { status: 200, json: { code: 200, msg: 'success' } }],
    ['an empty body', { status: 200 }],
  ])('is silent about a 2xx with %s', (_name, over) => {
    expect(refusalOfReply(reply(over), VENUE_NOW)).toBeNull();
  });

  test('takes code and message from the body', () => {
    const refusal = refusalOfReply(reply({ json: { code: -2019, msg: 'Margin is insufficient.' } }), VENUE_NOW);
    expect(refusal).toEqual({ kind: 'refused', status: 400, code: '-2019', message: 'Margin is insufficient.', retryAfterMs: null });
  });

  test('finds an error code in a 2xx', () => {
    expect(refusalOfReply(reply({ status: 200, json: { code: -2011, msg: 'Unknown order sent.' } }), VENUE_NOW)).toMatchObject({ code: '-2011' });
  });

  test('reads a code written as text', () => {
    expect(refusalOfReply(reply({ json: { code: '-1121', msg: 'Invalid symbol.' } }), VENUE_NOW)).toMatchObject({ code: '-1121' });
  });

  test('excerpts a body that is not JSON', () => {
    const refusal = refusalOfReply(reply({ status: 502, body: `<html>\n  <h1>Bad\n Gateway</h1>${'x'.repeat(500)}` }), VENUE_NOW);
    expect(refusal).toMatchObject({ status: 502, code: null });
    expect(refusal?.message).toMatch(/^<html> <h1>Bad Gateway<\/h1>x+$/);
    expect(refusal?.message).toHaveLength(120);
  });

  test('falls back to the status text for an empty error body', () => {
    expect(refusalOfReply(reply({ status: 504, statusText: 'Gateway Timeout' }), VENUE_NOW)).toMatchObject({ code: null, message: 'Gateway Timeout' });
  });

  test('reads the wait from the Retry-After header in seconds', () => {
    expect(refusalOfReply(reply({ status: 429, headers: new Map([['retry-after', '17']]) }), VENUE_NOW)).toMatchObject({ retryAfterMs: 17_000 });
  });

  test('reads the end of a ban from the message, by the time of the venue', () => {
    const json = { code: -1003, msg: `Way too many requests; IP(1.2.3.4) banned until ${VENUE_NOW + 90_000}.` };
    expect(refusalOfReply(reply({ status: 418, json }), VENUE_NOW)).toMatchObject({ code: '-1003', retryAfterMs: 90_000 });
  });
});
