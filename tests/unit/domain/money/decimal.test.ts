import { describe, expect, it } from 'vitest';
import { decimal, decimalOfInteger, decimalOfStatistic, divide, max, min, round, sum, text, toStatistic, ZERO } from '../../../../functions/src/domain/money/decimal.ts';
import type { Rounding } from '../../../../functions/src/domain/money/decimal.ts';

describe('decimal', () => {
  it.each([
    ['0', '0'],
    ['12.50', '12.5'],
    ['007', '7'],
    ['-0', '0'],
    ['-0.10', '-0.1'],
    ['0.000000000000000001', '0.000000000000000001'],
    ['123456789012345678901234567890', '123456789012345678901234567890'],
  ])('reads %s and writes it as %s', (given, canonical) => {
    expect(text(decimal(given))).toBe(canonical);
  });

  it.each(['', ' ', '1e5', '1E-7', '+1', '.5', '-.5', '5.', '-', '.', '1..2', '1.2.3', '1-2', '1,5', '0x10', 'NaN', 'Infinity', ' 1', '1\n', '1_000', '--1'])(
    'refuses %j, naming it',
    (given) => {
      expect(() => decimal(given)).toThrow(RangeError);
      expect(() => decimal(given)).toThrow(JSON.stringify(given));
    },
  );

  it('refuses a JavaScript number anywhere in arithmetic, whatever the types say', () => {
    const smuggled: string = JSON.parse('0.1');
    expect(() => decimal('1').plus(smuggled)).toThrow('not a decimal number: 0.1');
    expect(() => decimal('1').times(smuggled)).toThrow('not a decimal number: 0.1');
    expect(() => decimal('1').gt(smuggled)).toThrow('not a decimal number: 0.1');
  });

  it('adds what floating point cannot', () => {
    expect(text(decimal('0.1').plus('0.2'))).toBe('0.3');
  });
});

describe('decimalOfInteger', () => {
  it('takes whole numbers exactly', () => {
    expect([0, -3, Number.MAX_SAFE_INTEGER].map((value) => text(decimalOfInteger(value)))).toEqual(['0', '-3', '9007199254740991']);
  });

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuses %d', (value) => {
    expect(() => decimalOfInteger(value)).toThrow(RangeError);
  });
});

describe('decimalOfStatistic', () => {
  it.each([
    [1.239, 2, '1.23'],
    [-1.239, 2, '-1.23'],
    [1e-7, 8, '0.0000001'],
    [4e-9, 8, '0'],
    [1.5e21, 2, '1500000000000000000000'],
  ])('brings %d back at %d places as %s, toward zero', (value, places, expected) => {
    expect(text(decimalOfStatistic(value, places))).toBe(expected);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('refuses %d', (value) => {
    expect(() => decimalOfStatistic(value, 2)).toThrow(RangeError);
  });
});

describe('divide', () => {
  it.each<[string, string, number, Rounding, string]>([
    ['1', '3', 4, 'down', '0.3333'],
    ['1', '3', 4, 'up', '0.3334'],
    ['-1', '3', 4, 'down', '-0.3333'],
    ['-1', '3', 4, 'up', '-0.3334'],
    ['1', '8', 2, 'half-even', '0.12'],
    ['3', '8', 2, 'half-even', '0.38'],
    ['6', '3', 0, 'up', '2'],
    ['1', '100000000000000000000000', 0, 'up', '1'],
    ['1', '100000000000000000000000', 0, 'down', '0'],
  ])('%s by %s at %d places, %s, is %s', (a, b, places, rounding, expected) => {
    expect(text(divide(decimal(a), decimal(b), places, rounding))).toBe(expected);
  });

  it('refuses to divide by zero, naming the amount', () => {
    expect(() => divide(decimal('5'), ZERO, 2, 'down')).toThrow(new RangeError('division of 5 by zero'));
  });

  it('keeps one division apart from the next', () => {
    const [a, b] = [decimal('2'), decimal('3')];
    const first = text(divide(a, b, 2, 'up'));
    divide(a, b, 8, 'down');
    expect([first, text(divide(a, b, 2, 'up'))]).toEqual(['0.67', '0.67']);
  });
});

describe('round, sum, min and max', () => {
  it.each<[string, Rounding, string]>([
    ['2.345', 'down', '2.34'],
    ['2.345', 'up', '2.35'],
    ['2.345', 'half-even', '2.34'],
    ['-2.341', 'up', '-2.35'],
  ])('rounds %s %s to %s', (value, rounding, expected) => {
    expect(text(round(decimal(value), 2, rounding))).toBe(expected);
  });

  it('sums nothing to zero and many exactly', () => {
    expect([text(sum([])), text(sum(Array.from({ length: 10 }, () => decimal('0.1'))))]).toEqual(['0', '1']);
  });

  it('finds the least and the most by value, not by text', () => {
    const values = ['9', '10', '-1'].map(decimal);
    const [first = ZERO, ...rest] = values;
    expect([text(min(first, ...rest)), text(max(first, ...rest))]).toEqual(['-1', '10']);
  });

  it('leaves money only as a plain number', () => {
    expect(toStatistic(decimal('-12.25'))).toBe(-12.25);
  });
});
