import { decimal, toStatistic } from '../../../functions/src/domain/money/decimal.ts';
import type { VenueInstrument } from '../../../functions/src/domain/matching/venue-instrument.ts';
import type { MarketUnits } from './unit-candle.ts';
import { unitsOf } from './unit-text.ts';

/** A quiet book still shows this many times the least notional the venue takes. */
const LEAST_DISPLAYED_NOTIONALS = 50;

/** Units of the instrument's own precisions; `aroundPrice` (quote asset) only sets the least displayed size. */
export function instrumentUnits(instrument: VenueInstrument, spreadTicks: number, aroundPrice: number): MarketUnits {
  const tick = unitsOf(instrument.tickSize, instrument.pricePrecision);
  const qtyDecimals = instrument.quantityPrecision;
  const least = (toStatistic(decimal(instrument.minNotional)) * LEAST_DISPLAYED_NOTIONALS) / aroundPrice;
  return {
    priceDecimals: instrument.pricePrecision,
    qtyDecimals,
    tick,
    spread: tick * spreadTicks,
    leastDisplayed: Math.max(1, Math.ceil(least * 10 ** qtyDecimals)),
  };
}
