import { describe, expect, test } from 'vitest';
import type { CallFailure } from '../../../../functions/src/adapters/venue-ccxt/call-failure.ts';
import { asNotSent, outcomeOfFailure, stopMsOf } from '../../../../functions/src/adapters/venue-ccxt/outcome-of-failure.ts';
import type { Refusal } from '../../../../functions/src/adapters/venue-ccxt/refusal-of-reply.ts';

function refused(over: Partial<Refusal>): Refusal {
  return { kind: 'refused', status: 400, code: null, message: 'said by the venue', retryAfterMs: null, ...over };
}

describe('a code that says the order was read and refused is final', () => {
  test.each([
    ['-1022', 'auth'],
    ['-2014', 'auth'],
    ['-2015', 'auth'],
    ['-1102', 'other'],
    ['-1106', 'other'],
    ['-1111', 'filter'],
    ['-1115', 'other'],
    ['-1116', 'other'],
    ['-1130', 'other'],
    ['-1121', 'symbolNotTrading'],
    ['-4140', 'symbolNotTrading'],
    ['-4141', 'symbolNotTrading'],
    ['-2010', 'other'],
    ['-2018', 'insufficientMargin'],
    ['-2019', 'insufficientMargin'],
    ['-2022', 'reduceRejected'],
    ['-2024', 'reduceRejected'],
    ['-2021', 'wouldTrigger'],
    ['-4142', 'wouldTrigger'],
    ['-4130', 'stopExists'],
    ['-4136', 'other'],
    ['-4137', 'other'],
    ['-4509', 'positionMissing'],
    ['-2025', 'tooManyOrders'],
    ['-4045', 'tooManyOrders'],
    ['-2027', 'leverageLimit'],
    ['-2028', 'leverageLimit'],
    ['-4028', 'leverageLimit'],
    ['-4000', 'other'],
    ['-4003', 'filter'],
    ['-4014', 'filter'],
    ['-4015', 'other'],
    ['-4016', 'filter'],
    ['-4023', 'filter'],
    ['-4024', 'filter'],
    ['-4031', 'other'],
    ['-4046', 'other'],
    ['-4059', 'other'],
    ['-4061', 'positionModeMismatch'],
    ['-4067', 'positionModeMismatch'],
    ['-4068', 'positionModeMismatch'],
    ['-4116', 'duplicateClientOrderId'],
    ['-4120', 'other'],
    ['-4131', 'filter'],
    ['-4164', 'filter'],
    ['-5021', 'other'],
    ['-5022', 'wouldTake'],
    ['-5027', 'other'],
  ])('%s is rejected as %s', (code, expected) => {
    const outcome = outcomeOfFailure(refused({ code }));
    expect(outcome).toEqual({ kind: 'rejected', code: expected, venueCode: code, message: 'said by the venue' });
  });

  test('a refusal by country or firewall is rejected as permission, with the status as its code', () => {
    for (const status of [403, 451]) {
      expect(outcomeOfFailure(refused({ status }))).toMatchObject({ kind: 'rejected', code: 'permission', venueCode: `HTTP ${status}` });
    }
  });
});

describe('what was certainly not executed may be tried again', () => {
  test.each<[string, Partial<Refusal>, number]>([
    ['internal error', { status: 503, code: '-1001' }, 1000],
    ['overload', { status: 503, code: '-1008' }, 1000],
    ['service unavailable', { status: 503, message: 'Service Unavailable.' }, 1000],
    ['too many orders', { status: 429, code: '-1015' }, 10_000],
    ['too many orders with a time', { status: 429, code: '-1015', retryAfterMs: 3000 }, 3000],
    ['too many requests', { status: 429, code: '-1003' }, 60_000],
    ['too many requests with a time', { status: 429, code: '-1003', retryAfterMs: 7000 }, 7000],
    ['429 without a readable body', { status: 429 }, 60_000],
    ['a ban', { status: 418, code: '-1003', retryAfterMs: 600_000 }, 600_000],
    ['a ban without a time', { status: 418 }, 120_000],
    ['shutting down', { code: '-1016' }, 60_000],
    ['clock skew', { code: '-1021' }, 0],
    ['clock skew at the matching engine', { code: '-5028' }, 0],
  ])('%s', (_name, over, retryAfterMs) => {
    expect(outcomeOfFailure(refused(over))).toMatchObject({ kind: 'notPlaced', retryAfterMs });
  });

  test('a request that never left', () => {
    const failure: CallFailure = { kind: 'notSent', cause: 'POST /fapi/v1/order: ECONNREFUSED', retryAfterMs: 1000 };
    expect(outcomeOfFailure(failure)).toEqual({ kind: 'notPlaced', cause: 'POST /fapi/v1/order: ECONNREFUSED', retryAfterMs: 1000 });
  });
});

describe('everything else is ambiguous', () => {
  test.each<[string, CallFailure]>([
    ['unknown error', refused({ status: 503, code: '-1000' })],
    ['unexpected response', refused({ code: '-1006' })],
    ['timeout at the venue', refused({ status: 408, code: '-1007' })],
    ['503 that says unknown without a code', refused({ status: 503, message: 'Unknown error, please check your request or try again later.' })],
    ['503 of a proxy', refused({ status: 503, message: '<html>Service Temporarily Unavailable</html>' })],
    ['500', refused({ status: 500 })],
    ['502', refused({ status: 502 })],
    ['504', refused({ status: 504 })],
    ['a code nobody has listed', refused({ code: '-4999' })],
    ['a redirect', refused({ status: 302 })],
    ['a reset connection', { kind: 'noAnswer', cause: 'POST /fapi/v1/order: ECONNRESET' }],
  ])('%s', (_name, failure) => {
    expect(outcomeOfFailure(failure).kind).toBe('ambiguous');
  });
});

describe('asNotSent', () => {
  test('turns an unclear failure of a preparing read into a mutation that was not sent', () => {
    const failure = asNotSent('position mode', { kind: 'noAnswer', cause: 'no complete answer' });
    expect(outcomeOfFailure(failure)).toMatchObject({ kind: 'notPlaced', cause: 'not sent without the position mode: no complete answer' });
  });

  test('keeps a final refusal of the preparing read', () => {
    expect(asNotSent('position mode', refused({ code: '-2015' }))).toMatchObject({ kind: 'refused', code: '-2015' });
  });
});

describe('stopMsOf', () => {
  test('request limits and bans stop every call, the order limit and other refusals stop none', () => {
    expect(stopMsOf(refused({ status: 429, code: '-1003', retryAfterMs: 5000 }))).toBe(5000);
    expect(stopMsOf(refused({ status: 418 }))).toBe(120_000);
    expect(stopMsOf(refused({ status: 429, code: '-1015' }))).toBe(0);
    expect(stopMsOf(refused({ status: 400, code: '-2019', retryAfterMs: 5000 }))).toBe(0);
  });
});
