import { z } from 'zod';
import type { Instrument } from '../../domain/market/instrument.ts';
import { asNotional } from '../../domain/money/units.ts';
import { rowsOfSymbols, wirePositive, wirePrice, wireQty } from './wire-scalars.ts';

const priceFilter = z.looseObject({ minPrice: wirePrice, maxPrice: wirePrice, tickSize: wirePositive });
const lotSize = z.looseObject({ minQty: wireQty, maxQty: wireQty, stepSize: wirePositive });
const marketLotSize = z.looseObject({ maxQty: wireQty });
const minNotional = z.looseObject({ notional: wireQty });

const filterList = z.array(z.looseObject({ filterType: z.string() }));
const filters = z.preprocess(
  byFilterType,
  z.looseObject({ PRICE_FILTER: priceFilter, LOT_SIZE: lotSize, MARKET_LOT_SIZE: marketLotSize, MIN_NOTIONAL: minNotional }),
);

/** The filters of a symbol come as one list; what is no such list is left for the schema to refuse. */
function byFilterType(raw: unknown): unknown {
  const list = filterList.safeParse(raw);
  return list.success ? Object.fromEntries(list.data.map((filter) => [filter.filterType, filter])) : raw;
}

const wireInstrument = z
  .looseObject({
    symbol: z.string(),
    baseAsset: z.string(),
    quoteAsset: z.string(),
    marginAsset: z.string(),
    status: z.string(),
    filters,
  })
  .transform((raw): Instrument => ({
    symbol: raw.symbol,
    base: raw.baseAsset,
    quote: raw.quoteAsset,
    marginAsset: raw.marginAsset,
    status: raw.status === 'TRADING' ? 'trading' : 'suspended',
    tickSize: raw.filters.PRICE_FILTER.tickSize,
    stepSize: raw.filters.LOT_SIZE.stepSize,
    minQty: raw.filters.LOT_SIZE.minQty,
    maxQty: raw.filters.LOT_SIZE.maxQty,
    marketMaxQty: raw.filters.MARKET_LOT_SIZE.maxQty,
    minNotional: asNotional(raw.filters.MIN_NOTIONAL.notional),
    minPrice: raw.filters.PRICE_FILTER.minPrice,
    maxPrice: raw.filters.PRICE_FILTER.maxPrice,
  }));

/** GET /fapi/v1/exchangeInfo, the asked symbols only. */
export function wireInstruments(symbols: readonly string[]): z.ZodType<Instrument[]> {
  return z.looseObject({ symbols: rowsOfSymbols(symbols, wireInstrument) }).transform((raw) => raw.symbols);
}
