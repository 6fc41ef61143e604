/**
 * Exact decimal arithmetic for money. This folder alone imports big.js.
 *
 * Strict mode refuses JavaScript numbers, so a float can never slip into an amount. Addition, subtraction and
 * multiplication are exact; division is only possible through `divide`, which demands places and direction.
 */
import { Big } from 'big.js';

/** The exact subset of big.js: no division, no roots, no way back to a JavaScript number. */
export interface Decimal {
  plus(other: Decimal | string): Decimal;
  minus(other: Decimal | string): Decimal;
  times(other: Decimal | string): Decimal;
  abs(): Decimal;
  neg(): Decimal;
  cmp(other: Decimal | string): -1 | 0 | 1;
  eq(other: Decimal | string): boolean;
  gt(other: Decimal | string): boolean;
  gte(other: Decimal | string): boolean;
  lt(other: Decimal | string): boolean;
  lte(other: Decimal | string): boolean;
  toFixed(): string;
}

export type Rounding = 'down' | 'up' | 'half-even';

const Exact = Big();
Exact.strict = true;

const ROUNDING: Record<Rounding, Big.RoundingMode> = {
  down: Big.roundDown,
  up: Big.roundUp,
  'half-even': Big.roundHalfEven,
};

/** Every Decimal is made here, so every Decimal is an `Exact`; the interface only hides what would lose exactness. */
function exact(source: string | Big): Decimal {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one door in
  return new Exact(source) as unknown as Decimal;
}

function rounded(value: Decimal, places: number, rounding: Rounding): Decimal {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one door to what the interface hides
  return (value as unknown as Big).round(places, ROUNDING[rounding]) as unknown as Decimal;
}

const DECIMAL_TEXT = /^-?\d+(\.\d+)?$/;

/** Parses plain decimal text such as "0.001" (no exponent). Throws RangeError for anything else. */
export function decimal(source: string): Decimal {
  if (!DECIMAL_TEXT.test(source)) throw new RangeError(`not a decimal number: ${JSON.stringify(source)}`);
  return exact(source);
}

/** Exact decimal of a whole JavaScript integer. Throws RangeError for fractions and unsafe integers. */
export function decimalOfInteger(value: number): Decimal {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a safe integer: ${value}`);
  return exact(String(value));
}

/**
 * Brings a statistic (a plain number) back into money, rounded toward zero at `places`. The one door from floating
 * point to exact arithmetic: callers clamp the result. Throws RangeError for NaN and infinities.
 */
export function decimalOfStatistic(value: number, places: number): Decimal {
  if (!Number.isFinite(value)) throw new RangeError(`not a finite number: ${value}`);
  return rounded(exact(expand(value)), places, 'down');
}

function expand(value: number): string {
  const shortest = String(value);
  return shortest.includes('e') ? value.toFixed(20) : shortest;
}

/** a / b at `places` decimals, rounded in the stated direction. Throws RangeError when b is zero. */
export function divide(a: Decimal, b: Decimal, places: number, rounding: Rounding): Decimal {
  if (isZero(b)) throw new RangeError(`division of ${text(a)} by zero`);
  const Divider = dividerOf(places, rounding);
  return exact(new Divider(text(a)).div(text(b)).toFixed());
}

const dividers = new Map<string, Big.BigConstructor>();

/** big.js rounds by settings of the constructor; one of its own per setting keeps them from leaking. */
function dividerOf(places: number, rounding: Rounding): Big.BigConstructor {
  const key = `${places} ${rounding}`;
  const known = dividers.get(key);
  if (known !== undefined) return known;
  const Divider = Big();
  Divider.DP = places;
  Divider.RM = ROUNDING[rounding];
  dividers.set(key, Divider);
  return Divider;
}

/** Rounds to `places` decimals in the stated direction ("down" is toward zero, "up" away from it). */
export function round(value: Decimal, places: number, rounding: Rounding): Decimal {
  return rounded(value, places, rounding);
}

/** Canonical text without exponent or trailing zeros: the form stored in records and sent to a venue. */
export function text(value: Decimal): string {
  return value.toFixed();
}

/** For statistics and display only; never feed the result back into money. */
export function toStatistic(value: Decimal): number {
  return Number(value.toFixed());
}

export function isZero(value: Decimal): boolean {
  return value.eq(ZERO);
}

export function isPositive(value: Decimal): boolean {
  return value.gt(ZERO);
}

export function isNegative(value: Decimal): boolean {
  return value.lt(ZERO);
}

export function min(first: Decimal, ...rest: readonly Decimal[]): Decimal {
  return rest.reduce((least, value) => (value.lt(least) ? value : least), first);
}

export function max(first: Decimal, ...rest: readonly Decimal[]): Decimal {
  return rest.reduce((most, value) => (value.gt(most) ? value : most), first);
}

export function sum(values: Iterable<Decimal>): Decimal {
  let total: Decimal = ZERO;
  for (const value of values) total = total.plus(value);
  return total;
}

export const ZERO: Decimal = exact('0');
export const ONE: Decimal = exact('1');
export const HUNDRED: Decimal = exact('100');
