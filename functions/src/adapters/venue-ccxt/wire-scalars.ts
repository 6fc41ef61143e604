// How Binance writes its scalars. Ids and times are JSON numbers, or text when an answer holds a number beyond 2^53
// (ccxt then quotes every number); an id that lost digits is no safe integer and does not pass.
import { z } from 'zod';
import { type Decimal, decimal, isNegative, isPositive, isZero } from '../../domain/money/decimal.ts';
import { type Price, type Qty, type Usd, asPrice, asQty, asUsd } from '../../domain/money/units.ts';
import { decimalText } from '../../schema/scalars.ts';

export const wireDecimal = decimalText.transform((text): Decimal => decimal(text));
/** A price or a quantity below zero is no reading, whatever else its row says. */
const wireAmount = wireDecimal.refine((value) => !isNegative(value), 'an amount of at least 0');
export const wirePrice = wireAmount.transform((value): Price => asPrice(value));
export const wireQty = wireAmount.transform((value): Qty => asQty(value));
/** Of what has happened, and of steps to divide by: never zero. */
export const wirePositive = wireDecimal.refine((value) => isPositive(value), 'an amount above 0');
export const wireUsd = wireDecimal.transform((value): Usd => asUsd(value));
/** Binance writes "0" for a price that does not exist. */
export const wirePriceOrNone = wirePrice.transform((value): Price | null => (isZero(value) ? null : value));

export const wireId = z.union([z.int().nonnegative(), z.string().regex(/^\d+$/, 'an id of digits')]).transform(String);
export const wireTime = z.union([z.int().nonnegative(), z.string().regex(/^\d{1,15}$/, 'epoch milliseconds').transform(Number)]);
/** Statistics input: the only numbers that become floating point. */
export const wireStatistic = decimalText.transform(Number).refine((value) => Number.isFinite(value) && value >= 0, 'a finite number of at least 0');

export const wireSide = z.enum(['BUY', 'SELL']).transform((side) => (side === 'BUY' ? 'buy' : 'sell'));
export const wirePositionSide = z.enum(['LONG', 'SHORT', 'BOTH']);

/** Rows of the asked symbols in the venue's order. Other rows are not judged: one odd contract must not blind us to ours. */
export function rowsOfSymbols<T>(symbols: readonly string[], row: z.ZodType<T>): z.ZodType<T[]> {
  const asked = new Set(symbols);
  return z
    .array(z.looseObject({ symbol: z.string() }))
    .transform((rows): unknown[] => rows.filter(({ symbol }) => asked.has(symbol)))
    .pipe(z.array(row));
}
