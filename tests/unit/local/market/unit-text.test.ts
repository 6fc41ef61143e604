import { describe, expect, test } from 'vitest';
import { unitText, unitsOf } from '../../../../local/venue/market/unit-text.ts';

describe('unit text', () => {
  test.each([
    [0, 0, '0'],
    [7, 0, '7'],
    [7, 2, '0.07'],
    [1_000, 2, '10.00'],
    [123_456_789_012_345_678n, 5, '1234567890123.45678'],
  ])('%s units at %s decimals read %s', (units, decimals, text) => {
    expect(unitText(units, decimals)).toBe(text);
  });

  test.each([
    ['0.10', 2, 10],
    ['0.1', 3, 100],
    ['12', 1, 120],
    ['1.5000', 1, 15],
  ])('%s counts at %s decimals as %s', (text, decimals, units) => {
    expect(unitsOf(text, decimals)).toBe(units);
  });

  test.each([
    ['0.001', 2],
    ['99999999999', 8],
  ])('%s is no whole safe number at %s decimals', (text, decimals) => {
    expect(() => unitsOf(text, decimals)).toThrow(RangeError);
  });
});
