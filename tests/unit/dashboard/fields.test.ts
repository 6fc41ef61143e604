import { describe, expect, it } from 'vitest';
import { asDecimal, asEntries, asList, asNumber, asTime, asWord } from '../../../dashboard/src/records/fields.ts';
import { readDocument } from '../../../dashboard/src/records/rest-document.ts';
import type { NavState } from '../../../functions/src/schema/records/nav-state.ts';

describe('a field that is not what the schema says', () => {
  it.each([
    ['a missing amount', asDecimal(undefined)],
    ['an amount that is a number', asDecimal(12)],
    ['an amount with an exponent', asDecimal('1e5')],
    ['an empty amount', asDecimal('')],
    ['a number that is not finite', asNumber(Number.NaN)],
    ['a number as text', asNumber('3')],
    ['a time before 1970', asTime(-1)],
    ['a time with a fraction', asTime(1.5)],
    ['a word that nobody knows', asWord('flying', { ok: 1 })],
    ['a word that every object has', asWord('toString', { ok: 1 })],
    ['a list that is a map', asList({})],
    ['a map that is a list', asEntries([])],
  ])('is unknown: %s', (_what, value) => {
    expect(value).toBeNull();
  });

  it('leaves the other entries of its list readable', () => {
    expect(asList([{ a: 1 }, 'broken', null])).toEqual([{ a: 1 }, null, null]);
  });
});

describe('a document of the REST interface', () => {
  it('has times in milliseconds, whole numbers as numbers, and maps and lists at any depth', () => {
    const document = readDocument<NavState>({
      name: 'projects/p/databases/(default)/documents/hedge/paper/state/nav',
      fields: {
        navUsd: { stringValue: '10000.5' },
        valueAt: { timestampValue: '2026-01-06T06:02:00.500001Z' },
        healthReason: { nullValue: null },
        schemaVersion: { integerValue: '1' },
        ratio: { doubleValue: 0.25 },
        flag: { booleanValue: false },
        items: { arrayValue: { values: [{ mapValue: { fields: { qty: { stringValue: '1' } } } }] } },
        none: { arrayValue: {} },
      },
    });
    expect(document).toEqual({
      id: 'nav',
      fields: { navUsd: '10000.5', valueAt: Date.UTC(2026, 0, 6, 6, 2, 0, 500), healthReason: null, schemaVersion: 1, ratio: 0.25, flag: false, items: [{ qty: '1' }], none: [] },
    });
  });

  it('without a name is none', () => {
    expect(readDocument({ fields: {} })).toBeNull();
  });
});
