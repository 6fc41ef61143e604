// Inside the feeds a price or a quantity is a whole number of units of 10^-decimals: exact, quick to compare and add.
// Text is made at the border, with a fixed number of places as Binance writes it.

/** `units` x 10^-decimals as plain decimal text with exactly `decimals` places. Not for negative values. */
export function unitText(units: number | bigint, decimals: number): string {
  const digits = String(units);
  if (decimals === 0) return digits;
  const padded = digits.length > decimals ? digits : digits.padStart(decimals + 1, '0');
  return `${padded.slice(0, -decimals)}.${padded.slice(-decimals)}`;
}

/** Units of 10^-decimals in a non-negative decimal text. Throws RangeError where that is not a whole, safe integer. */
export function unitsOf(text: string, decimals: number): number {
  const [whole = '', fraction = ''] = text.split('.');
  const significant = fraction.replace(/0+$/, '');
  const units = Number(whole + significant.padEnd(decimals, '0'));
  if (significant.length > decimals || !Number.isSafeInteger(units)) {
    throw new RangeError(`${text} cannot be counted in units of 10^-${decimals}`);
  }
  return units;
}
