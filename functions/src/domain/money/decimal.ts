/**
 * Exact decimal arithmetic for money.
 *
 * JavaScript numbers are refused, so a float can never slip into an amount. Addition, subtraction and multiplication
 * are exact; division is only possible through `divide`, which demands places and direction.
 */
import type { Decimal } from './exact.ts';
import { Exact, exact, parse, powerOfTen } from './exact.ts';

export type { Decimal } from './exact.ts';

export type Rounding = 'down' | 'up' | 'half-even';

/** Parses plain decimal text such as "0.001" (no exponent). Throws RangeError for anything else. */
export function decimal(source: string): Decimal {
  return parse(source);
}

/** Exact decimal of a whole JavaScript integer. Throws RangeError for fractions and unsafe integers. */
export function decimalOfInteger(value: number): Decimal {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a safe integer: ${value}`);
  return Exact.of(BigInt(value), 0);
}

/**
 * Brings a statistic (a plain number) back into money, rounded toward zero at `places`. The one door from floating
 * point to exact arithmetic: callers clamp the result. Throws RangeError for NaN and infinities.
 */
export function decimalOfStatistic(value: number, places: number): Decimal {
  if (!Number.isFinite(value)) throw new RangeError(`not a finite number: ${value}`);
  return round(Math.abs(value) < 1e21 ? parse(expand(value)) : Exact.of(BigInt(value), 0), places, 'down');
}

function expand(value: number): string {
  const shortest = String(value);
  return shortest.includes('e') ? value.toFixed(20) : shortest;
}

/** a / b at `places` decimals, rounded in the stated direction. Throws RangeError when b is zero. */
export function divide(a: Decimal, b: Decimal, places: number, rounding: Rounding): Decimal {
  const [dividend, divisor] = [exact(a), exact(b)];
  if (divisor.units === 0n) throw new RangeError(`division of ${text(a)} by zero`);
  const shift = places + divisor.places - dividend.places;
  return shift >= 0
    ? Exact.of(quotient(dividend.units * powerOfTen(shift), divisor.units, rounding), places)
    : Exact.of(quotient(dividend.units, divisor.units * powerOfTen(-shift), rounding), places);
}

/** Rounds to `places` decimals in the stated direction ("down" is toward zero, "up" away from it). */
export function round(value: Decimal, places: number, rounding: Rounding): Decimal {
  const { units, places: given } = exact(value);
  return given <= places ? value : Exact.of(quotient(units, powerOfTen(given - places), rounding), places);
}

/** dividend / divisor as a whole number, rounded in the stated direction. */
function quotient(dividend: bigint, divisor: bigint, rounding: Rounding): bigint {
  const toZero = dividend / divisor;
  const rest = dividend % divisor;
  if (rest === 0n || rounding === 'down') return toZero;
  const awayFromZero = toZero + ((dividend < 0n) === (divisor < 0n) ? 1n : -1n);
  if (rounding === 'up') return awayFromZero;
  const doubled = 2n * magnitude(rest);
  const half = magnitude(divisor);
  if (doubled === half) return toZero % 2n === 0n ? toZero : awayFromZero;
  return doubled < half ? toZero : awayFromZero;
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
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
  return exact(value).units === 0n;
}

export function isPositive(value: Decimal): boolean {
  return exact(value).units > 0n;
}

export function isNegative(value: Decimal): boolean {
  return exact(value).units < 0n;
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

export const ZERO: Decimal = decimal('0');
export const ONE: Decimal = decimal('1');
export const HUNDRED: Decimal = decimal('100');
