import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientOrderId, derivedId } from '../../../functions/src/domain/identity/derived-id.ts';

/** What Binance takes as a client order id. */
const VENUE_ALPHABET = /^[.A-Z:/a-z0-9_-]{1,36}$/;

/** Short parts of few letters, so that different lists often join to the same text. */
const parts = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', ':', ';', '1', '2', '-'), maxLength: 4 }), { maxLength: 4 });
const attempt = fc.integer({ min: 1, max: 9999 });
const leg = fc.constantFrom('maker', 'taker');

describe('derived ids', () => {
  it('are equal for equal parts only', () => {
    fc.assert(
      fc.property(parts, parts, (some, others) => {
        expect(derivedId(...some) === derivedId(...others)).toBe(JSON.stringify(some) === JSON.stringify(others));
      }),
      { numRuns: 1000 },
    );
  });

  it('use every letter of their alphabet and no other', () => {
    const letters = new Set<string>();
    for (let i = 0; i < 200; i += 1) for (const letter of derivedId(i)) letters.add(letter);
    expect([...letters].toSorted().join('')).toBe('234567abcdefghijklmnopqrstuvwxyz');
  });

  it('give client order ids that the venue takes, whatever the intent is called', () => {
    fc.assert(
      fc.property(fc.string(), leg, attempt, (intent, ofLeg, number) => {
        expect(clientOrderId(intent, ofLeg, number)).toMatch(VENUE_ALPHABET);
      }),
    );
  });

  it('give every (intent, leg, attempt) a client order id of its own', () => {
    const ids = new Set<string>();
    for (const intent of ['a', 'b', 'a1', 'a-m']) {
      for (const ofLeg of ['maker', 'taker'] as const) for (let i = 1; i <= 120; i += 1) ids.add(clientOrderId(intent, ofLeg, i));
    }
    expect(ids.size).toBe(4 * 2 * 120);
  });
});
