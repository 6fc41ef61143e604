/** Instruments to and from their stored form. */
import { decimal, text } from '../money/decimal.ts';
import { notional, price, qty } from '../money/units.ts';
import type { InstrumentRecord, MarketMetadata } from '../../schema/records/market-metadata.ts';
import type { SymbolTiers } from './margin-tiers.ts';
import type { Instrument } from './instrument.ts';

export function toRecord(instrument: Instrument): InstrumentRecord {
  return {
    symbol: instrument.symbol,
    base: instrument.base,
    quote: instrument.quote,
    marginAsset: instrument.marginAsset,
    status: instrument.status,
    tickSize: text(instrument.tickSize),
    stepSize: text(instrument.stepSize),
    minQty: text(instrument.minQty),
    maxQty: text(instrument.maxQty),
    marketMaxQty: text(instrument.marketMaxQty),
    minNotional: text(instrument.minNotional),
    minPrice: text(instrument.minPrice),
    maxPrice: text(instrument.maxPrice),
  };
}

export function fromRecord(record: InstrumentRecord): Instrument {
  return {
    ...record,
    tickSize: decimal(record.tickSize),
    stepSize: decimal(record.stepSize),
    minQty: qty(record.minQty),
    maxQty: qty(record.maxQty),
    marketMaxQty: qty(record.marketMaxQty),
    minNotional: notional(record.minNotional),
    minPrice: price(record.minPrice),
    maxPrice: price(record.maxPrice),
  };
}

export function tiersRecord(symbols: readonly SymbolTiers[]): MarketMetadata['brackets'] {
  const records = symbols.map(({ symbol, tiers }) => [
    symbol,
    tiers.map(({ notionalFloor, ratio, cum }) => ({ notionalFloor: text(notionalFloor), ratio: text(ratio), cum: text(cum) })),
  ]);
  return Object.fromEntries(records);
}

/** The stored instrument of a symbol; null when the venue does not list it or nothing has been stored yet. */
export function instrumentOf(markets: MarketMetadata | null, symbol: string): Instrument | null {
  const record = markets?.instruments.find((candidate) => candidate.symbol === symbol);
  return record === undefined ? null : fromRecord(record);
}
