import { z } from 'zod';
import type { VenuePosition } from '../../domain/account/account.ts';
import { isNegative, isZero } from '../../domain/money/decimal.ts';
import { asQty } from '../../domain/money/units.ts';
import type { PositionSide } from '../../schema/scalars.ts';
import { wireDecimal, wirePositionSide, wirePrice, wirePriceOrNone, wireTime, wireUsd } from './wire-scalars.ts';

const wirePosition = z.looseObject({
  symbol: z.string(),
  positionSide: wirePositionSide,
  positionAmt: wireDecimal,
  entryPrice: wirePrice,
  markPrice: wirePrice,
  unRealizedProfit: wireUsd,
  liquidationPrice: wirePriceOrNone,
  updateTime: wireTime,
})
  // Only rows that fit come so far as to be judged as a whole.
  .transform((row) => row)
  .refine(({ positionSide, positionAmt }) => positionSide === 'BOTH' || isZero(positionAmt) || isNegative(positionAmt) === (positionSide === 'SHORT'), 'an amount whose sign is that of its side');

/** GET /fapi/v3/positionRisk without its flat rows. */
export const wirePositions: z.ZodType<VenuePosition[]> = z.array(wirePosition).transform((rows) =>
  rows
    .filter((row) => !isZero(row.positionAmt))
    .map((row) => ({
      symbol: row.symbol,
      positionSide: sideOf(row),
      qty: asQty(row.positionAmt.abs()),
      entryPrice: row.entryPrice,
      markPrice: row.markPrice,
      unrealizedPnl: row.unRealizedProfit,
      liquidationPrice: row.liquidationPrice,
      updatedAt: row.updateTime,
    })),
);

/** The amount's sign decides in one-way mode; in hedge mode it repeats the side. */
function sideOf({ positionSide, positionAmt }: z.infer<typeof wirePosition>): PositionSide {
  if (positionSide === 'BOTH') return isNegative(positionAmt) ? 'short' : 'long';
  return positionSide === 'LONG' ? 'long' : 'short';
}
