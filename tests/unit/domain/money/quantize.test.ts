import { describe, expect, it } from 'vitest';
import { decimal, text } from '../../../../functions/src/domain/money/decimal.ts';
import { quantizePriceProtective, quantizeQtyDown } from '../../../../functions/src/domain/money/quantize.ts';

describe('quantizeQtyDown', () => {
  it.each([
    ['1.2349', '0.001', '1.234'],
    ['1.234', '0.001', '1.234'],
    ['0.0009', '0.001', '0'],
    ['7.9', '5', '5'],
    ['0.3', '0.1', '0.3'],
    ['100', '0.3', '99.9'],
  ])('%s on a grid of %s is %s', (value, step, expected) => {
    expect(text(quantizeQtyDown(decimal(value), decimal(step)))).toBe(expected);
  });

  it.each(['0', '-0.1'])('refuses a grid of %s', (step) => {
    expect(() => quantizeQtyDown(decimal('1'), decimal(step))).toThrow(`grid must be positive, got ${step}`);
  });
});

describe('quantizePriceProtective', () => {
  it.each<['buy' | 'sell', string, string, string]>([
    ['buy', '100.07', '0.1', '100'],
    ['sell', '100.07', '0.1', '100.1'],
    ['buy', '100.1', '0.1', '100.1'],
    ['sell', '100.1', '0.1', '100.1'],
    ['sell', '0.00001', '0.5', '0.5'],
  ])('a %s at %s on ticks of %s becomes %s', (side, value, tick, expected) => {
    expect(text(quantizePriceProtective(decimal(value), decimal(tick), side))).toBe(expected);
  });
});
