// Builders for matching tests: one BTC-like contract with round numbers and a quiet market at 50000.
import { Exchange } from '../../../../functions/src/domain/matching/exchange.ts';
import type { ExchangeEvent } from '../../../../functions/src/domain/matching/exchange-event.ts';
import type { ExchangeSetup } from '../../../../functions/src/domain/matching/exchange-setup.ts';
import type { MarketEvent, MarkEvent, QuoteEvent, TradeEvent } from '../../../../functions/src/domain/matching/market-event.ts';
import type { OrderRequest } from '../../../../functions/src/domain/matching/order-request.ts';
import type { Answer } from '../../../../functions/src/domain/matching/rejection.ts';
import type { VenueInstrument } from '../../../../functions/src/domain/matching/venue-instrument.ts';

export const T0 = 1_750_000_000_000;

export function instrument(over: Partial<VenueInstrument> = {}): VenueInstrument {
  return {
    symbol: 'BTCUSDT',
    baseAsset: 'BTC',
    quoteAsset: 'USDT',
    marginAsset: 'USDT',
    contractType: 'PERPETUAL',
    status: 'TRADING',
    onboardTime: 0,
    pricePrecision: 2,
    quantityPrecision: 3,
    tickSize: '0.1',
    minPrice: '100',
    maxPrice: '1000000',
    stepSize: '0.001',
    minQty: '0.001',
    maxQty: '1000',
    marketStepSize: '0.001',
    marketMinQty: '0.001',
    marketMaxQty: '120',
    minNotional: '100',
    multiplierUp: '1.05',
    multiplierDown: '0.95',
    maxNumOrders: 200,
    liquidationFee: '0.0125',
    fundingIntervalHours: 8,
    brackets: [
      { bracket: 1, initialLeverage: 125, notionalFloor: '0', notionalCap: '50000', maintMarginRatio: '0.004', cum: '0' },
      { bracket: 2, initialLeverage: 20, notionalFloor: '50000', notionalCap: '5000000', maintMarginRatio: '0.01', cum: '300' },
    ],
    ...over,
  };
}

export function setup(over: Partial<ExchangeSetup> = {}): ExchangeSetup {
  return {
    time: T0,
    instruments: [instrument()],
    assets: { USDT: { balance: '10000', usdRate: '1', collateralRatio: '1' } },
    positionMode: 'hedge',
    multiAssets: false,
    fees: { maker: '0.0002', taker: '0.0005' },
    defaultLeverage: 10,
    firstOrderId: '8389765000000000001',
    firstTradeId: '1',
    firstTranId: '1',
    ...over,
  };
}

export function quote(over: Partial<QuoteEvent> = {}): QuoteEvent {
  return {
    kind: 'quote',
    symbol: 'BTCUSDT',
    time: T0,
    bidPrice: '49999.9',
    bidQty: '1',
    askPrice: '50000.1',
    askQty: '1',
    ...over,
  };
}

export function mark(over: Partial<MarkEvent> = {}): MarkEvent {
  return { kind: 'mark', symbol: 'BTCUSDT', time: T0, markPrice: '50000', indexPrice: '50000', ...over };
}

export function print(over: Partial<TradeEvent> = {}): TradeEvent {
  return { kind: 'trade', symbol: 'BTCUSDT', time: T0, price: '49999.9', qty: '1', aggressor: 'SELL', ...over };
}

export interface TestExchange {
  readonly exchange: Exchange;
  readonly events: ExchangeEvent[];
  readonly feed: (...events: readonly MarketEvent[]) => void;
}

/** An exchange with a quote and a mark; `events` collects what happens from then on. */
export function testExchange(over: Partial<ExchangeSetup> = {}): TestExchange {
  const events: ExchangeEvent[] = [];
  const exchange = Exchange.open(setup(over), (event) => events.push(event));
  const feed = (...arriving: readonly MarketEvent[]): void => {
    for (const event of arriving) exchange.applyMarketEvent(event);
  };
  feed(quote(), mark());
  return { exchange, events, feed };
}

/** A resting-type order: buys LONG 0.1 at 49000 GTC unless told otherwise. */
export function limit(over: Partial<OrderRequest> = {}): OrderRequest {
  return { symbol: 'BTCUSDT', side: 'BUY', positionSide: 'LONG', type: 'LIMIT', timeInForce: 'GTC', quantity: '0.1', price: '49000', ...over };
}

export function market(over: Partial<OrderRequest> = {}): OrderRequest {
  return { symbol: 'BTCUSDT', side: 'BUY', positionSide: 'LONG', type: 'MARKET', quantity: '0.1', ...over };
}

export function must<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(`refused with ${answer.code}: ${answer.message}`);
  return answer.value;
}

/** "accepted" or the refusal's code. */
export function verdict(answer: Answer<unknown>): number | 'accepted' {
  return answer.ok ? 'accepted' : answer.code;
}
