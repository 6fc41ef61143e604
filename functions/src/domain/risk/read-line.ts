import type { Decimal } from '../money/decimal.ts';
import { isNegative, isPositive } from '../money/decimal.ts';
import type { OpenExposure, Reservation } from '../../schema/records/risk-state.ts';
import { readDecimal } from './read-decimal.ts';

export interface LineReading {
  /** Base asset; zero for a flat line. */
  readonly qty: Decimal;
  /** Open exposure at its mark, a reservation at the price it was approved at. */
  readonly notionalUsd: Decimal;
}

/** Records are replaced, never changed, and every order of a tick looks at all of them: each is read once. */
const readings = new WeakMap<OpenExposure | Reservation, LineReading | null>();

/** Null for a line that cannot be read: a text that is no decimal, a negative quantity, a price that is not positive. */
export function readLine(line: OpenExposure | Reservation): LineReading | null {
  const known = readings.get(line);
  if (known !== undefined) return known;
  const reading = parse(line.qty, 'markPrice' in line ? line.markPrice : line.price);
  readings.set(line, reading);
  return reading;
}

function parse(qtyText: string, priceText: string): LineReading | null {
  const qty = readDecimal(qtyText);
  const price = readDecimal(priceText);
  if (qty === null || price === null || isNegative(qty) || !isPositive(price)) return null;
  return { qty, notionalUsd: qty.times(price) };
}
