import { Big } from 'big.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareAmounts } from '../../../functions/src/domain/money/compare-amounts.ts';
import { decimal, divide, round, text } from '../../../functions/src/domain/money/decimal.ts';
import { parse } from '../../../functions/src/domain/money/exact.ts';
import { quantizePriceProtective, quantizeQtyDown } from '../../../functions/src/domain/money/quantize.ts';
import { decimalText } from '../../../functions/src/schema/scalars.ts';

/** Whole units scaled by up to 12 places, so that the expected value can be had from BigInt. */
const scaled = (min: bigint, max: bigint) => fc.tuple(fc.bigInt({ min, max }), fc.integer({ min: 0, max: 12 }));

function textOf(units: bigint, places: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places);
  return `${units < 0n ? '-' : ''}${whole}${places === 0 ? '' : `.${fraction}`}`;
}

const amount = scaled(-(10n ** 24n), 10n ** 24n).map(([units, places]) => textOf(units, places));
const positive = scaled(1n, 10n ** 24n).map(([units, places]) => textOf(units, places));
const grid = fc.tuple(fc.constantFrom(1n, 2n, 5n, 7n, 25n), fc.integer({ min: 0, max: 8 })).map(([units, places]) => textOf(units, places));

/** Of a result that big.js may have rounded to a negative zero. */
const textOfBig = (value: Big): string => new Big(value.toFixed()).toFixed();

describe('comparing amounts as texts', () => {
  it('says what their decimals say, also of texts written alike', () => {
    const alike = fc.tuple(fc.bigInt(-(10n ** 9n), 10n ** 9n), fc.bigInt(-(10n ** 9n), 10n ** 9n), fc.integer({ min: 0, max: 4 })).map(([a, b, places]) => [textOf(a, places), textOf(b, places)] as const);
    fc.assert(
      fc.property(fc.oneof(alike, fc.tuple(amount, amount)), ([a, b]) => {
        expect(compareAmounts(a, b)).toBe(decimal(a).cmp(b));
        expect(compareAmounts(a, a)).toBe(0);
      }),
    );
  });
});

/** Canonical text, or why it was refused. */
function readOf(given: string): string {
  try {
    return text(decimal(given));
  } catch (error) {
    return error instanceof RangeError ? error.message : 'another error';
  }
}

describe('reading short texts', () => {
  const short = fc.string({ unit: fc.constantFrom('0', '0', '1', '2', '5', '9', '.', '-'), maxLength: 15 });

  it('takes what is plain decimal text and refuses the rest', () => {
    fc.assert(
      fc.property(short, (given) => {
        const expected = /^-?\d+(\.\d+)?$/.test(given) ? textOfBig(new Big(given)) : `not a decimal number: ${JSON.stringify(given)}`;
        expect(readOf(given)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('gives the very value that the same digits give in a long text', () => {
    const shortAmount = scaled(-(10n ** 12n), 10n ** 12n).map(([units, places]) => textOf(units, places));
    fc.assert(
      fc.property(shortAmount, (given) => {
        const long = given.replace(/^-?/, (sign) => `${sign}${'0'.repeat(16)}`);
        expect(parse(given)).toEqual(parse(long));
      }),
    );
  });
});

describe('decimal arithmetic', () => {
  it('writes one text per value, which reads back as the same value and fits every record', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 1, max: 5 }), (value, zeros) => {
        const canonical = text(decimal(value));
        expect(text(decimal(`${value.includes('.') ? value : `${value}.0`}${'0'.repeat(zeros)}`))).toBe(canonical);
        expect(text(decimal(canonical))).toBe(canonical);
        expect(decimal(canonical).eq(decimal(value))).toBe(true);
        expect(decimalText.safeParse(canonical).success).toBe(true);
        expect(canonical).not.toMatch(/^-0(\.0*)?$|\.\d*0$|^-?0\d/);
      }),
    );
  });

  it('adds, subtracts and multiplies as whole numbers do', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 30n), 10n ** 30n), fc.bigInt(-(10n ** 30n), 10n ** 30n), fc.integer({ min: 0, max: 10 }), (a, b, places) => {
        const [x, y] = [decimal(textOf(a, places)), decimal(textOf(b, places))];
        expect(x.plus(y).eq(textOf(a + b, places))).toBe(true);
        expect(x.minus(y).eq(textOf(a - b, places))).toBe(true);
        expect(x.times(y).eq(textOf(a * b, places * 2))).toBe(true);
        expect(x.cmp(y)).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });

  it('divides to within one unit of the last place, on the stated side', () => {
    fc.assert(
      fc.property(amount, positive, fc.integer({ min: 0, max: 12 }), (a, b, places) => {
        const [x, y] = [decimal(a), decimal(b)];
        const unit = decimal(textOf(1n, places));
        const down = divide(x, y, places, 'down');
        const up = divide(x, y, places, 'up');
        expect(down.abs().times(y).lte(x.abs())).toBe(true);
        expect(down.abs().plus(unit).times(y).gt(x.abs())).toBe(true);
        expect(up.abs().times(y).gte(x.abs())).toBe(true);
        expect(up.abs().minus(down.abs()).lte(unit)).toBe(true);
        const half = divide(x, y, places, 'half-even');
        expect(half.times(y).minus(x).abs().times('2').lte(unit.times(y))).toBe(true);
      }),
    );
  });

  it('divides and rounds to the very digit as big.js does', () => {
    const modes = { down: Big.roundDown, up: Big.roundUp, 'half-even': Big.roundHalfEven } as const;
    // Few digits often end exactly in the middle between two results.
    const short = scaled(-40n, 40n).map(([units, places]) => textOf(units, places % 4));
    fc.assert(
      fc.property(fc.oneof(amount, short), fc.oneof(amount, short), fc.integer({ min: 0, max: 12 }), fc.constantFrom('down', 'up', 'half-even'), (a, b, places, rounding) => {
        const Oracle = Big();
        Oracle.DP = places;
        Oracle.RM = modes[rounding];
        expect(text(round(decimal(a), places, rounding))).toBe(textOfBig(new Oracle(a).round(places, modes[rounding])));
        fc.pre(!decimal(b).eq('0'));
        expect(text(divide(decimal(a), decimal(b), places, rounding))).toBe(textOfBig(new Oracle(a).div(b)));
      }),
      { numRuns: 1000 },
    );
  });

  it('rounds nothing that already fits', () => {
    fc.assert(
      fc.property(amount, fc.constantFrom('down', 'up', 'half-even'), (value, rounding) => {
        expect(text(round(decimal(value), 12, rounding))).toBe(text(decimal(value)));
      }),
    );
  });
});

describe('quantizing', () => {
  it('never raises a quantity, loses less than a step, and lands on the grid', () => {
    fc.assert(
      fc.property(positive, grid, (value, step) => {
        const quantized = quantizeQtyDown(decimal(value), decimal(step));
        expect(quantized.lte(value)).toBe(true);
        expect(quantized.plus(step).gt(value)).toBe(true);
        expect(quantizeQtyDown(quantized, decimal(step)).eq(quantized)).toBe(true);
        expect(divide(quantized, decimal(step), 0, 'down').times(step).eq(quantized)).toBe(true);
      }),
    );
  });

  it('never makes a limit price worse for us, and moves it by less than a tick', () => {
    fc.assert(
      fc.property(positive, grid, fc.constantFrom('buy', 'sell'), (value, tick, side) => {
        const quantized = quantizePriceProtective(decimal(value), decimal(tick), side);
        const gain = side === 'buy' ? decimal(value).minus(quantized) : quantized.minus(value);
        expect(gain.gte('0')).toBe(true);
        expect(gain.lt(tick)).toBe(true);
        expect(divide(quantized, decimal(tick), 0, 'down').times(tick).eq(quantized)).toBe(true);
      }),
    );
  });
});
