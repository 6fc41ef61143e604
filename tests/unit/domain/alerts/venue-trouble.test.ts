import { describe, expect, it } from 'vitest';
import { describeFailure } from '../../../../functions/src/adapters/venue-ccxt/call-failure.ts';
import type { CallFailure } from '../../../../functions/src/adapters/venue-ccxt/call-failure.ts';
import { venueTroubleOf } from '../../../../functions/src/domain/alerts/venue-trouble.ts';

const refused = (status: number, code: string | null, message = 'said the venue'): CallFailure => ({ kind: 'refused', status, code, message, retryAfterMs: null });

/** The words are those of the adapter, so that the two cannot drift apart. */
describe('a failure of the venue', () => {
  it.each([
    [refused(451, '0', 'Service unavailable from a restricted location'), 'geoBlocked'],
    [refused(403, null), 'geoBlocked'],
    [refused(401, '-2014'), 'venueKeyRefused'],
    [refused(401, '-2015'), 'venueKeyRefused'],
    [refused(400, '-1022'), 'venueKeyRefused'],
    [refused(429, '-1003'), 'budgetExhausted'],
    [refused(418, '-1003'), 'budgetExhausted'],
    [{ kind: 'notSent', cause: 'not called: the venue asked to stay away for another 5000 ms', retryAfterMs: 5000 } as const, 'budgetExhausted'],
    [{ kind: 'notSent', cause: "not called: more than 60 % of the venue's limits are used, the rest is kept for exits", retryAfterMs: 5000 } as const, 'budgetExhausted'],
    [refused(503, null), null],
    [refused(400, '-1121'), null],
    [{ kind: 'noAnswer', cause: 'GET /fapi/v3/account: no complete answer within 8000 ms' } as const, null],
  ])('%j means %s', (failure, expected) => {
    expect(venueTroubleOf(`account: ${describeFailure(failure)}`)).toBe(expected);
  });
});
