import { expect, it } from 'vitest';
import { reachOf, venueProbeOf } from '../../../../functions/src/domain/telemetry/venue-probe-of.ts';
import type { ProbedPart } from '../../../../functions/src/schema/records/venue-probe.ts';

it.each([
  ['venue answered HTTP 451: Service unavailable from a restricted location', 'geoBlocked'],
  ['venue answered HTTP 403: Forbidden', 'geoBlocked'],
  ['venue answered HTTP 401 code -2015: Invalid API-key, IP, or permissions for action.', 'keyRefused'],
  ['candles of BTCUSDT: venue answered HTTP 429 code -1003: Too many requests', 'limited'],
  ['not called: the venue asked to stay away for another 1000 ms', 'limited'],
  ['venue answered HTTP 404: Not Found', 'missing'],
  ['no answer within 8000 ms', 'failed'],
  ['fapiPublicGetDepth: unreadable answer, bids: expected array', 'failed'],
])('%s means %s', (cause, expected) => {
  expect(reachOf(cause)).toBe(expected);
});

const part = (name: ProbedPart['part'], reach: ProbedPart['reach']): ProbedPart => ({ part: name, reach, tookMs: 1, cause: null });

it('counts what was asked, and names what did not answer', () => {
  const about = { venue: 'binance-usdm', askedFrom: 'asia-northeast1', deployment: '1.2.3 abc', symbol: 'BTCUSDT', probedAt: 0 };
  expect(venueProbeOf({ ...about, parts: [part('quotes', 'answered'), part('account', 'simulated')] }).summary).toBe('1 of 1 parts of binance-usdm answer');
  expect(venueProbeOf({ ...about, parts: [part('quotes', 'answered'), part('account', 'keyRefused')] }).summary).toBe('1 of 2 parts of binance-usdm answer; account keyRefused');
});
