import type { Decimal } from '../money/decimal.ts';
import { decimal, isPositive } from '../money/decimal.ts';

/** The decimal a text stands for, or null: the gate refuses what it cannot read, it does not throw. */
export function readDecimal(text: string): Decimal | null {
  try {
    return decimal(text);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

export function readPositive(text: string): Decimal | null {
  const value = readDecimal(text);
  return value !== null && isPositive(value) ? value : null;
}
