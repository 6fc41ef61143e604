// The symbol filters in the venue's order: precision, then price or quantity range, then tick or step; null means passed.
import { type Decimal, ZERO, decimal, divide } from '../money/decimal.ts';
import type { Side, SymbolMarket } from './exchange-state.ts';
import { type Rejection, reject } from './rejection.ts';
import type { VenueInstrument } from './venue-instrument.ts';

export function checkPrice(instrument: VenueInstrument, priceText: string): Rejection | null {
  if (decimals(priceText) > instrument.pricePrecision) return reject('precision');
  const price = decimal(priceText);
  if (price.lte(ZERO)) return reject('priceNotPositive');
  if (price.lt(instrument.minPrice)) return reject('priceBelowMin');
  if (price.gt(instrument.maxPrice)) return reject('priceAboveMax');
  if (!isMultiple(price, instrument.tickSize)) return reject('priceOffTick');
  return null;
}

export function checkTriggerPrice(instrument: VenueInstrument, priceText: string): Rejection | null {
  if (decimals(priceText) > instrument.pricePrecision) return reject('precision');
  const price = decimal(priceText);
  if (price.lte(ZERO)) return reject('stopPriceNotPositive');
  if (price.gt(instrument.maxPrice)) return reject('stopPriceAboveMax');
  if (!isMultiple(price, instrument.tickSize)) return reject('priceOffTick');
  return null;
}

/** LOT_SIZE for limit orders, MARKET_LOT_SIZE for market orders. */
export function checkQuantity(instrument: VenueInstrument, quantityText: string, market: boolean): Rejection | null {
  const { min, max, step } = market
    ? { min: instrument.marketMinQty, max: instrument.marketMaxQty, step: instrument.marketStepSize }
    : { min: instrument.minQty, max: instrument.maxQty, step: instrument.stepSize };
  if (decimals(quantityText) > instrument.quantityPrecision) return reject('precision');
  const quantity = decimal(quantityText);
  if (quantity.lte(ZERO)) return reject('quantityNotPositive');
  if (quantity.lt(min)) return reject('quantityBelowMin');
  if (quantity.gt(max)) return reject('quantityAboveMax');
  if (!isMultiple(quantity, step)) return reject('quantityOffStep');
  return null;
}

/** PERCENT_PRICE of a limit price against the mark. */
export function checkPriceBand(instrument: VenueInstrument, side: Side, price: Decimal, mark: Decimal): Rejection | null {
  if (side === 'BUY' && price.gt(mark.times(instrument.multiplierUp))) return reject('priceAboveBand');
  if (side === 'SELL' && price.lt(mark.times(instrument.multiplierDown))) return reject('priceBelowBand');
  return null;
}

/** PERCENT_PRICE of a market order: the best counterparty must lie within the band. */
export function checkCounterparty(instrument: VenueInstrument, side: Side, best: Decimal, mark: Decimal): Rejection | null {
  return checkPriceBand(instrument, side, best, mark) === null ? null : reject('counterpartyPrice');
}

/** MIN_NOTIONAL; closing orders are exempt and are not asked. */
export function checkNotional(instrument: VenueInstrument, quantity: Decimal, price: Decimal): Rejection | null {
  return quantity.times(price).lt(instrument.minNotional) ? reject('minNotional', instrument.minNotional) : null;
}

/** A symbol trades once it is listed as trading and has a quote and a mark. */
export function isTrading(instrument: VenueInstrument, market: SymbolMarket): boolean {
  return instrument.status === 'TRADING' && market.quote !== null && market.markPrice !== null;
}

function decimals(text: string): number {
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}

function isMultiple(value: Decimal, unit: string): boolean {
  return divide(value, decimal(unit), 0, 'down').times(unit).eq(value);
}
