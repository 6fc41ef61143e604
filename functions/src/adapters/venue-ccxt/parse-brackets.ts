import { z } from 'zod';
import type { MarginTier, SymbolTiers } from '../../domain/market/margin-tiers.ts';
import { decimal, isNegative } from '../../domain/money/decimal.ts';
import { decimalText } from '../../schema/scalars.ts';
import { rowsOfSymbols } from './wire-scalars.ts';

/** Brackets are written as JSON numbers; the shortest text that gives the number back is what the venue wrote. */
const wireNumber = z
  .union([z.number().transform(String), z.string()])
  .pipe(decimalText)
  .transform((text) => decimal(text))
  .refine((value) => !isNegative(value), 'an amount of at least 0');

const wireBracket = z
  .looseObject({ notionalFloor: wireNumber, maintMarginRatio: wireNumber, cum: wireNumber })
  .transform((raw): MarginTier => ({ notionalFloor: raw.notionalFloor, ratio: raw.maintMarginRatio, cum: raw.cum }));

const wireSymbolBrackets = z
  .looseObject({ symbol: z.string(), brackets: z.array(wireBracket).min(1) })
  .transform((raw): SymbolTiers => ({ symbol: raw.symbol, tiers: raw.brackets.toSorted((a, b) => a.notionalFloor.cmp(b.notionalFloor)) }));

/** GET /fapi/v1/leverageBracket for all symbols. */
export function wireBrackets(symbols: readonly string[]): z.ZodType<SymbolTiers[]> {
  return rowsOfSymbols(symbols, wireSymbolBrackets);
}
