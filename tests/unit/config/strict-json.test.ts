import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseStrictJson } from '../../../functions/src/config/strict-json.ts';

describe('duplicate keys', () => {
  test('are reported with both positions', () => {
    expect(parseStrictJson('{\n  "leverage": 3,\n  "name": "a",\n  "leverage": 1\n}')).toEqual({
      kind: 'duplicateKeys',
      duplicates: [{ path: 'leverage', first: { line: 2, column: 3 }, second: { line: 4, column: 3 } }],
    });
  });

  test('are all reported, deep ones and a third writing included', () => {
    const text = '{"a": 1, "a": 2, "a": 3, "list": [{"b": 1, "b": 1}]}';
    expect(parseStrictJson(text)).toEqual({
      kind: 'duplicateKeys',
      duplicates: [
        { path: 'a', first: { line: 1, column: 2 }, second: { line: 1, column: 10 } },
        { path: 'a', first: { line: 1, column: 2 }, second: { line: 1, column: 18 } },
        { path: 'list[0].b', first: { line: 1, column: 36 }, second: { line: 1, column: 44 } },
      ],
    });
  });

  test('are found when one of them is written with an escape', () => {
    expect(parseStrictJson(String.raw`{"ab": 1, "a\u0062": 2}`)).toMatchObject({ kind: 'duplicateKeys' });
  });

  test('are no duplicates in different blocks', () => {
    expect(parseStrictJson('{"one": {"a": 1}, "other": {"a": 1}}')).toMatchObject({ kind: 'parsed' });
  });
});

describe('grammar', () => {
  const value = 'a value: text in double quotes, a number, true, false, null, { or [';
  test.each([
    ['', 1, 1, value],
    ['{\n  "a": 1,\n}', 3, 1, 'a key in double quotes'],
    ['{"a": 1\n "b": 2}', 2, 2, 'a comma or }'],
    ['{"a" 1}', 1, 6, 'a colon after the key'],
    ['[1, 2', 1, 6, 'a comma or ]'],
    ['[1,]', 1, 4, value],
    ["{'a': 1}", 1, 2, 'a key in double quotes'],
    ['{"a": 01}', 1, 8, 'a comma or }'],
    ['{"a": NaN}', 1, 7, value],
    ['// note\n{}', 1, 1, value],
    ['{} {}', 1, 4, 'nothing after the end of the value'],
    [String.raw`{"a": "\x"}`, 1, 7, 'text without control characters or unknown escapes'],
    ['{"a": "\u0001"}', 1, 7, 'text without control characters or unknown escapes'],
  ])('refuses %j at line %i, column %i', (text, line, column, expected) => {
    expect(parseStrictJson(text)).toEqual({ kind: 'invalid', at: { line, column }, expected });
  });
});

test('every value knows where its key is written', () => {
  const result = parseStrictJson('{\n  "a": {\n    "b": [10,\n      20]\n  }\n}');
  expect(result.kind === 'parsed' && Object.fromEntries(result.positions)).toEqual({
    a: { line: 2, column: 3 },
    'a.b': { line: 3, column: 5 },
    'a.b[0]': { line: 3, column: 11 },
    'a.b[1]': { line: 4, column: 7 },
  });
});

test('reads whatever JSON.stringify writes, as JSON.parse does', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom('', ' ', '\t', '\n  '), (value, space) => {
      const text = JSON.stringify(value, null, space);
      expect(parseStrictJson(text)).toMatchObject({ kind: 'parsed', value: JSON.parse(text) as unknown });
    }),
    { numRuns: 300 },
  );
});

test('refuses exactly what JSON.parse refuses', () => {
  const fragment = fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '"b"', '1', '-0.5e3', '.5', 'true', 'nul', ' ', '"', '\\');
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 9 }), (fragments) => {
      const text = fragments.join('');
      expect(parseStrictJson(text).kind === 'invalid').toBe(!isJson(text));
    }),
    { numRuns: 1000 },
  );
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
