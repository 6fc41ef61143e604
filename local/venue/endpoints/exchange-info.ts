import type { VenueInstrument } from '../../../functions/src/domain/matching/venue-instrument.ts';
import { BINANCE_RATE_LIMITS } from '../rate-limiter.ts';
import type { WireValue } from '../wire-json.ts';
import type { Endpoint } from './endpoint.ts';

const ORDER_TYPES = ['LIMIT', 'MARKET', 'STOP_MARKET', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET'];
const PERPETUAL_DELIVERY = 4_133_404_800_000;

const { weightPerMinute, ordersPer10Seconds, ordersPerMinute } = BINANCE_RATE_LIMITS;

export const ORDER_RATE_LIMITS = [
  { rateLimitType: 'ORDERS', interval: 'SECOND', intervalNum: 10, limit: ordersPer10Seconds },
  { rateLimitType: 'ORDERS', interval: 'MINUTE', intervalNum: 1, limit: ordersPerMinute },
];

export const exchangeInfo: Endpoint = {
  method: 'GET',
  path: '/fapi/v1/exchangeInfo',
  signed: false,
  weight: 1,
  parameters: [],
  handle: ({ venue, serverTime }) => ({
    timezone: 'UTC',
    serverTime,
    futuresType: 'U_MARGINED',
    rateLimits: [
      { rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: weightPerMinute },
      ...ORDER_RATE_LIMITS,
    ],
    exchangeFilters: [],
    assets: Object.keys(venue.exchange.state.assets).map((asset) => ({ asset, marginAvailable: true, autoAssetExchange: null })),
    symbols: Object.values(venue.exchange.state.instruments).map(describeSymbol),
  }),
};

function describeSymbol(instrument: VenueInstrument): WireValue {
  return {
    symbol: instrument.symbol,
    pair: instrument.symbol,
    contractType: instrument.contractType,
    deliveryDate: PERPETUAL_DELIVERY,
    onboardDate: instrument.onboardTime,
    status: instrument.status,
    baseAsset: instrument.baseAsset,
    quoteAsset: instrument.quoteAsset,
    marginAsset: instrument.marginAsset,
    pricePrecision: instrument.pricePrecision,
    quantityPrecision: instrument.quantityPrecision,
    baseAssetPrecision: 8,
    quotePrecision: 8,
    underlyingType: 'COIN',
    underlyingSubType: [],
    triggerProtect: '0.0500',
    liquidationFee: instrument.liquidationFee,
    marketTakeBound: '0.05',
    maxMoveOrderLimit: 10_000,
    filters: describeFilters(instrument),
    orderTypes: ORDER_TYPES,
    timeInForce: ['GTC', 'IOC', 'FOK', 'GTX'],
  };
}

function describeFilters(instrument: VenueInstrument): WireValue {
  return [
    { filterType: 'PRICE_FILTER', minPrice: instrument.minPrice, maxPrice: instrument.maxPrice, tickSize: instrument.tickSize },
    { filterType: 'LOT_SIZE', minQty: instrument.minQty, maxQty: instrument.maxQty, stepSize: instrument.stepSize },
    { filterType: 'MARKET_LOT_SIZE', minQty: instrument.marketMinQty, maxQty: instrument.marketMaxQty, stepSize: instrument.marketStepSize },
    { filterType: 'MAX_NUM_ORDERS', limit: instrument.maxNumOrders },
    { filterType: 'MIN_NOTIONAL', notional: instrument.minNotional },
    { filterType: 'PERCENT_PRICE', multiplierUp: instrument.multiplierUp, multiplierDown: instrument.multiplierDown, multiplierDecimal: '4' },
  ];
}
