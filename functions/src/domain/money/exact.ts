/** A decimal number as a whole number of units of 10^-places, in a bigint: every sum, difference and product is exact. */

/** No division, no roots, no way back to a JavaScript number. */
export interface Decimal {
  /** The value is units * 10^-places. */
  readonly units: bigint;
  readonly places: number;
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

/** The only kind of Decimal. As few places as the value needs, so that equal values are equal in their fields. */
export class Exact implements Decimal {
  readonly units: bigint;
  readonly places: number;

  private constructor(units: bigint, places: number) {
    this.units = units;
    this.places = places;
  }

  static of(units: bigint, places: number): Exact {
    let [least, fewest] = [units, places];
    while (fewest > 0 && least % 10n === 0n) {
      least /= 10n;
      fewest -= 1;
    }
    return new Exact(least, fewest);
  }

  /** As `of`, for units that are known to need all of the places. */
  static least(units: bigint, places: number): Exact {
    return new Exact(units, places);
  }

  plus(other: Decimal | string): Exact {
    const { units, places } = exact(other);
    if (places === this.places) return Exact.of(this.units + units, places);
    // The last digit of the longer one stays, and it is not 0.
    return places < this.places
      ? new Exact(this.units + units * powerOfTen(this.places - places), this.places)
      : new Exact(this.units * powerOfTen(places - this.places) + units, places);
  }

  minus(other: Decimal | string): Exact {
    return this.plus(exact(other).neg());
  }

  times(other: Decimal | string): Exact {
    const { units, places } = exact(other);
    return Exact.of(this.units * units, this.places + places);
  }

  abs(): Exact {
    return this.units < 0n ? this.neg() : this;
  }

  neg(): Exact {
    return new Exact(-this.units, this.places);
  }

  cmp(other: Decimal | string): -1 | 0 | 1 {
    const { units, places } = exact(other);
    const ours = places > this.places ? this.units * powerOfTen(places - this.places) : this.units;
    const theirs = places < this.places ? units * powerOfTen(this.places - places) : units;
    if (ours === theirs) return 0;
    return ours < theirs ? -1 : 1;
  }

  eq(other: Decimal | string): boolean {
    return this.cmp(other) === 0;
  }

  gt(other: Decimal | string): boolean {
    return this.cmp(other) > 0;
  }

  gte(other: Decimal | string): boolean {
    return this.cmp(other) >= 0;
  }

  lt(other: Decimal | string): boolean {
    return this.cmp(other) < 0;
  }

  lte(other: Decimal | string): boolean {
    return this.cmp(other) <= 0;
  }

  toFixed(): string {
    const sign = this.units < 0n ? '-' : '';
    const digits = String(this.units < 0n ? -this.units : this.units);
    if (this.places === 0) return sign + digits;
    const padded = digits.padStart(this.places + 1, '0');
    return `${sign}${padded.slice(0, -this.places)}.${padded.slice(-this.places)}`;
  }

  toString(): string {
    return this.toFixed();
  }

  toJSON(): string {
    return this.toFixed();
  }
}

const ZERO_DIGIT = '0'.charCodeAt(0);
const MINUS = '-'.charCodeAt(0);
const DECIMAL_TEXT = /^-?\d+(\.\d+)?$/;
/** So many digits are a whole JavaScript number, exactly. */
const SHORT_TEXT = 15;

/** What every operation takes: another Decimal, or text to parse. Throws RangeError for anything else. */
export function exact(source: Decimal | string): Decimal {
  // By what it has, not by its class: a process may have loaded this module twice.
  return typeof source === 'object' && typeof source.units === 'bigint' ? source : parse(source);
}

/** Plain decimal text such as "0.001". Throws RangeError for anything else, whatever the types say. */
export function parse(source: unknown): Exact {
  if (typeof source === 'string' && source.length <= SHORT_TEXT) {
    const scanned = scanShort(source);
    if (scanned !== null) return scanned;
  }
  if (typeof source !== 'string' || !DECIMAL_TEXT.test(source)) throw new RangeError(`not a decimal number: ${JSON.stringify(source)}`);
  const point = source.indexOf('.');
  if (point === -1) return Exact.of(BigInt(source), 0);
  let end = source.length;
  while (source.charCodeAt(end - 1) === ZERO_DIGIT) end -= 1;
  return Exact.of(BigInt(source.slice(0, point) + source.slice(point + 1, end)), end - point - 1);
}

/** What nearly every amount is, read digit by digit; null where it is not plain decimal text. */
function scanShort(source: string): Exact | null {
  const first = source.charCodeAt(0) === MINUS ? 1 : 0;
  const point = source.indexOf('.');
  let end = source.length;
  if (end === first || point === first || point === end - 1) return null;
  if (point !== -1) while (source.charCodeAt(end - 1) === ZERO_DIGIT) end -= 1;
  let units = 0;
  for (let at = first; at < end; at += 1) {
    if (at === point) continue;
    const digit = source.charCodeAt(at) - ZERO_DIGIT;
    if (digit < 0 || digit > 9) return null;
    units = units * 10 + digit;
  }
  return Exact.least(BigInt(first === 1 ? -units : units), point === -1 ? 0 : Math.max(0, end - point - 1));
}

const POWERS: bigint[] = Array.from({ length: 64 }, (_, exponent) => 10n ** BigInt(exponent));

export function powerOfTen(exponent: number): bigint {
  return POWERS[exponent] ?? 10n ** BigInt(exponent);
}
