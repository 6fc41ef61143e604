import type { Instrument } from '../../../functions/src/domain/market/instrument.ts';
import { decimal } from '../../../functions/src/domain/money/decimal.ts';
import { notional, price, qty } from '../../../functions/src/domain/money/units.ts';

export function anInstrument(over: Partial<Instrument> = {}): Instrument {
  return {
    symbol: 'BTCUSDT',
    base: 'BTC',
    quote: 'USDT',
    marginAsset: 'USDT',
    status: 'trading',
    tickSize: decimal('0.1'),
    stepSize: decimal('0.001'),
    minQty: qty('0.001'),
    maxQty: qty('1000'),
    marketMaxQty: qty('120'),
    minNotional: notional('100'),
    minPrice: price('556.8'),
    maxPrice: price('4529764'),
    ...over,
  };
}
