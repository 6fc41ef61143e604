import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { configHash } from '../../../functions/src/config/config-hash.ts';
import { edited, parsed, set, shippedFiles, unset } from './config-files.ts';

const hashOf = (files: Readonly<Record<string, string>>): string => configHash(parsed(files));

test('the hash is sixteen hexadecimal characters', () => {
  expect(hashOf(shippedFiles)).toMatch(/^[0-9a-f]{16}$/);
});

test('the order of keys never changes the hash', () => {
  const expected = hashOf(shippedFiles);
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const shuffled = Object.fromEntries(
        Object.entries(shippedFiles).map(([name, text]) => [name, JSON.stringify(withKeysShuffled(JSON.parse(text), seed))]),
      );
      expect(hashOf(shuffled)).toBe(expected);
    }),
    { numRuns: 100 },
  );
});

test('a value that equals its default hashes the same written or left out', () => {
  const silent = edited(unset('risk.json', ['burstLimit']), unset('router.json', ['pollSeconds']));
  expect(hashOf(silent)).toBe(hashOf(shippedFiles));
});

test.each([
  set('risk.json', ['maxTradeNavPct'], 10.1),
  set('risk.json', ['perSymbol', 'BTCUSDT', 'blockedSides'], ['short']),
  set('strategies.json', ['strategies', 0, 'symbols'], ['ETHUSDT', 'BTCUSDT', 'SOLUSDT']),
  set('runtime.json', ['schedules', 'screen'], '*/2 * * * *'),
])('a changed value changes the hash: $path', (edit) => {
  expect(hashOf(edited(edit))).not.toBe(hashOf(shippedFiles));
});

function withKeysShuffled(value: unknown, seed: number): unknown {
  if (Array.isArray(value)) return value.map((element: unknown) => withKeysShuffled(element, seed));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, nested]: [string, unknown]) => [key, withKeysShuffled(nested, seed)] as const);
  return Object.fromEntries(entries.toSorted(([a], [b]) => rank(a, seed) - rank(b, seed)));
}

/** A number that depends on every character of the key and on the seed. */
function rank(key: string, seed: number): number {
  return [...Array(key.length).keys()].reduce((hash, index) => Math.imul(hash ^ key.charCodeAt(index), 16_777_619), seed | 1);
}
