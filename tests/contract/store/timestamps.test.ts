import { Timestamp } from 'firebase-admin/firestore';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromStored, toStored, toStoredFilterValue } from '../../../functions/src/adapters/store-firestore/timestamps.ts';

const LAST_MS = 253_402_300_799_999;

/** What the client makes of a Date when it writes it and reads it back. */
const asRead = (value: unknown): unknown => {
  if (value instanceof Date) return Timestamp.fromDate(value);
  if (Array.isArray(value)) return value.map(asRead);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asRead(item)]));
};

describe('times on their way into Firestore', () => {
  it.each([
    ['a key that ends in At', { openedAt: 5 }, { openedAt: new Date(5) }],
    ['at and until themselves', { items: [{ at: 5, until: 6 }] }, { items: [{ at: new Date(5), until: new Date(6) }] }],
    ['a key that ends in Until', { bannedUntil: 5 }, { bannedUntil: new Date(5) }],
    ['null in a time field', { openedAt: null }, { openedAt: null }],
    ['a list under such a key', { attemptsAt: [1, 2] }, { attemptsAt: [new Date(1), new Date(2)] }],
    ['a map under such a key', { decidedAt: { x: 1 } }, { decidedAt: { x: new Date(1) } }],
    ['lists in a map under a key with AtBy', { tradesAtBySymbol: { X: [3] } }, { tradesAtBySymbol: { X: [new Date(3)] } }],
    ['fields inside lists and maps', { lots: [{ lot: { openedAt: 4 } }] }, { lots: [{ lot: { openedAt: new Date(4) } }] }],
    ['numbers under other keys', { attempts: 5, At5: 6, atBy: 7, flat: [8] }, { attempts: 5, At5: 6, atBy: 7, flat: [8] }],
    ['text in a time field', { seenAt: { source: 'venue' } }, { seenAt: { source: 'venue' } }],
  ])('converts %s as it should', (_what, record, stored) => {
    expect(toStored(record, 'doc')).toEqual(stored);
  });

  it.each([1.5, -1, Number.NaN, Number.POSITIVE_INFINITY, LAST_MS + 1])('refuses %d as a time, naming the field', (ms) => {
    expect(() => toStored({ legs: [{ filledAt: ms }] }, 'orders/x')).toThrow(/orders\/x\.legs\[0\]\.filledAt/);
  });

  it('converts filter values by the path of their field', () => {
    expect(toStoredFilterValue('lease.expiresAt', 7)).toEqual(new Date(7));
    expect(toStoredFilterValue('lastFillAtBySymbol.BTCUSDT', 7)).toEqual(new Date(7));
    expect(toStoredFilterValue('rank', 7)).toBe(7);
    expect(toStoredFilterValue('closedAt', null)).toBeNull();
  });
});

describe('times on their way back', () => {
  it('come back exactly, whatever the millisecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: LAST_MS }), fc.array(fc.integer({ min: 0, max: LAST_MS })), (at, list) => {
        const record = { openedAt: at, timesAt: list, countAtByKey: { k: list }, other: at };
        expect(fromStored(asRead(toStored(record, 'doc')))).toEqual(record);
      }),
    );
  });

  it('lose digits finer than a millisecond, which only other writers make', () => {
    expect(fromStored({ seenAt: new Timestamp(1, 999_999_999) })).toEqual({ seenAt: 1999 });
  });

  it('leave kinds of values that are not ours for the schema to refuse', () => {
    const bytes = new Uint8Array([1]);
    expect(fromStored({ bytes })).toEqual({ bytes });
  });
});
