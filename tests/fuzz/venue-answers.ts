/** A good answer of every endpoint, the call of the port that reads it, and what its answer must be about. */
import type { Venue } from '../../functions/src/ports/venue.ts';
import { price, qty } from '../../functions/src/domain/money/units.ts';
import type { OrderRequest } from '../../functions/src/domain/order/venue-order.ts';
import type { StopRequest } from '../../functions/src/domain/order/protective-stop.ts';
import { NOW } from '../unit/adapters/venue-ccxt/scripted-venue.ts';

export const ORDER_REQUEST: OrderRequest = { clientOrderId: 'pc-abc-0-1', symbol: 'BTCUSDT', side: 'buy', positionSide: 'long', reducing: false, qty: qty('0.12'), armedAt: NOW, type: 'market' };
export const STOP_REQUEST: StopRequest = { clientStopId: 'pc-abc-s1', symbol: 'BTCUSDT', positionSide: 'long', kind: 'stopLoss', triggerPrice: price('49000.1'), armedAt: NOW };

const order = {
  orderId: '8389765000000000001', symbol: 'BTCUSDT', status: 'FILLED', clientOrderId: 'pc-abc-0-1', price: '0', avgPrice: '50000.05', origQty: '0.120', executedQty: '0.120', cumQuote: '6000.006',
  timeInForce: 'GTC', type: 'MARKET', reduceOnly: false, closePosition: false, side: 'BUY', positionSide: 'LONG', updateTime: NOW,
};
const stop = {
  algoId: '8389765000000000003', clientAlgoId: 'pc-abc-s1', algoType: 'CONDITIONAL', orderType: 'STOP_MARKET', symbol: 'BTCUSDT', side: 'SELL', positionSide: 'LONG', quantity: '0', algoStatus: 'NEW',
  actualOrderId: '', triggerPrice: '49000.10', workingType: 'MARK_PRICE', closePosition: true, reduceOnly: true, createTime: NOW, updateTime: NOW,
};
const trade = {
  id: 77, orderId: '8389765000000000001', symbol: 'BTCUSDT', side: 'BUY', positionSide: 'LONG', qty: '0.12', price: '50000.05', quoteQty: '6000.006', commission: '2.4', commissionAsset: 'USDT', realizedPnl: '0', maker: false, buyer: true, time: NOW,
};
const SYMBOLS = ['BTCUSDT', 'ETHUSDT'];
const bothSymbols = <T extends { readonly symbol: string }>(row: T): readonly T[] => SYMBOLS.map((symbol) => ({ ...row, symbol }));
const filters = [
  { filterType: 'PRICE_FILTER', minPrice: '0.10', maxPrice: '1000000', tickSize: '0.10' },
  { filterType: 'LOT_SIZE', minQty: '0.001', maxQty: '1000', stepSize: '0.001' },
  { filterType: 'MARKET_LOT_SIZE', minQty: '0.001', maxQty: '120', stepSize: '0.001' },
  { filterType: 'MIN_NOTIONAL', notional: '100' },
];
const candle = (index: number): unknown[] => [NOW - (index + 1) * 60_000, '50000', '50100.5', '49900', '50050', '12.5', NOW - index * 60_000 - 1, '625000', 100, '6', '300000', '0'];
const REF = { symbol: 'BTCUSDT', clientOrderId: 'pc-abc-0-1' };
const STOP_REF = { symbol: 'BTCUSDT', clientStopId: 'pc-abc-s1' };

export interface FuzzedCall {
  readonly endpoint: string;
  readonly good: unknown;
  readonly ask: (venue: Venue) => Promise<{ readonly kind: string }>;
  /** The kind that the good answer leads to. */
  readonly kind: string;
  /** Kinds that a bad answer may lead to. */
  readonly otherwise: readonly string[];
}

const READ = { kind: 'found', otherwise: ['unavailable'] } as const;
const LOOK_UP = { kind: 'found', otherwise: ['unavailable', 'absent'] } as const;
const MUTATION = { kind: 'accepted', otherwise: ['ambiguous', 'rejected', 'notPlaced'] } as const;

const accountConfig = { canTrade: true, dualSidePosition: true, multiAssetsMargin: false };

export const FUZZED_CALLS: Readonly<Record<string, FuzzedCall>> = {
  instruments: { endpoint: 'GET /fapi/v1/exchangeInfo', good: { symbols: bothSymbols({ symbol: '', baseAsset: 'BTC', quoteAsset: 'USDT', marginAsset: 'USDT', status: 'TRADING', filters }) }, ask: (venue) => venue.instruments(SYMBOLS), ...READ },
  brackets: { endpoint: 'GET /fapi/v1/leverageBracket', good: bothSymbols({ symbol: '', brackets: [{ bracket: 1, initialLeverage: 125, notionalCap: 50_000, notionalFloor: 0, maintMarginRatio: 0.004, cum: 0 }, { bracket: 2, initialLeverage: 100, notionalCap: 600_000, notionalFloor: 50_000, maintMarginRatio: 0.005, cum: 50 }] }), ask: (venue) => venue.brackets(SYMBOLS), ...READ },
  quotes: { endpoint: 'GET /fapi/v1/ticker/bookTicker', good: bothSymbols({ symbol: '', bidPrice: '50000.0', bidQty: '1.5', askPrice: '50000.1', askQty: '2', time: NOW }), ask: (venue) => venue.quotes(SYMBOLS), ...READ },
  marks: { endpoint: 'GET /fapi/v1/premiumIndex', good: bothSymbols({ symbol: '', markPrice: '50001.12', indexPrice: '50000', lastFundingRate: '-0.0001', nextFundingTime: NOW + 1000, time: NOW }), ask: (venue) => venue.marks(SYMBOLS), ...READ },
  books: { endpoint: 'GET /fapi/v1/depth', good: { T: NOW, bids: [['50000.0', '1.5'], ['49999.9', '3']], asks: [['50000.1', '2'], ['50000.2', '1']] }, ask: (venue) => venue.books(['BTCUSDT'], 5), ...READ },
  candles: { endpoint: 'GET /fapi/v1/klines', good: [candle(2), candle(1), candle(0)], ask: (venue) => venue.candles(['BTCUSDT'], '1m', 3), ...READ },
  account: { endpoint: 'GET /fapi/v3/account', good: { assets: [{ asset: 'USDT', walletBalance: '1000', unrealizedProfit: '-0.5', availableBalance: '900' }] }, ask: (venue) => venue.account(), ...READ },
  settings: { endpoint: 'GET /fapi/v1/accountConfig', good: accountConfig, ask: (venue) => venue.settings(SYMBOLS), ...READ },
  symbolSettings: { endpoint: 'GET /fapi/v1/symbolConfig', good: bothSymbols({ symbol: '', leverage: 3, marginType: 'CROSSED' }), ask: (venue) => venue.settings(SYMBOLS), ...READ },
  positionMode: { endpoint: 'GET /fapi/v1/accountConfig', good: accountConfig, ask: (venue) => venue.account(), ...READ },
  serverTime: { endpoint: 'GET /fapi/v1/time', good: { serverTime: NOW }, ask: (venue) => venue.candles(['BTCUSDT'], '1m', 3), ...READ },
  positions: { endpoint: 'GET /fapi/v3/positionRisk', good: [{ symbol: 'BTCUSDT', positionSide: 'SHORT', positionAmt: '-0.120', entryPrice: '50000', markPrice: '50100', unRealizedProfit: '-12', liquidationPrice: '65000.5', updateTime: NOW }], ask: (venue) => venue.positions(), ...READ },
  openOrders: { endpoint: 'GET /fapi/v1/openOrders', good: [{ ...order, status: 'NEW', executedQty: '0' }], ask: (venue) => venue.openOrders(), ...READ },
  findOrder: { endpoint: 'GET /fapi/v1/order', good: order, ask: (venue) => venue.findOrder(REF), ...LOOK_UP },
  findOrderOfFill: { endpoint: 'GET /fapi/v1/order', good: order, ask: (venue) => venue.findOrderOfFill({ symbol: 'BTCUSDT', venueOrderId: order.orderId }), ...LOOK_UP },
  fillsOfOrder: { endpoint: 'GET /fapi/v1/userTrades', good: [trade], ask: (venue) => venue.fillsOfOrder({ ...REF, venueOrderId: order.orderId }), ...READ },
  fillsSince: { endpoint: 'GET /fapi/v1/userTrades', good: [trade], ask: (venue) => venue.fillsSince('BTCUSDT', NOW - 60_000), ...READ },
  openStops: { endpoint: 'GET /fapi/v1/openAlgoOrders', good: [stop], ask: (venue) => venue.openStops(), ...READ },
  findStop: { endpoint: 'GET /fapi/v1/algoOrder', good: stop, ask: (venue) => venue.findStop(STOP_REF), ...LOOK_UP },
  incomeSince: { endpoint: 'GET /fapi/v1/income', good: [{ tranId: 9, incomeType: 'FUNDING_FEE', symbol: 'BTCUSDT', asset: 'USDT', income: '-0.12', time: NOW }], ask: (venue) => venue.incomeSince(NOW - 60_000), ...READ },
  place: { endpoint: 'POST /fapi/v1/order', good: order, ask: (venue) => venue.place(ORDER_REQUEST), ...MUTATION },
  cancel: { endpoint: 'DELETE /fapi/v1/order', good: { ...order, status: 'CANCELED', executedQty: '0' }, ask: (venue) => venue.cancel(REF), kind: 'canceled', otherwise: ['ambiguous', 'unknownOrder'] },
  placeStop: { endpoint: 'POST /fapi/v1/algoOrder', good: stop, ask: (venue) => venue.placeStop(STOP_REQUEST), ...MUTATION },
  cancelStop: { endpoint: 'DELETE /fapi/v1/algoOrder', good: { algoId: 1, clientAlgoId: 'pc-abc-s1', code: '200', msg: 'success' }, ask: (venue) => venue.cancelStop(STOP_REF), kind: 'canceled', otherwise: ['ambiguous', 'unknownStop'] },
  setLeverage: { endpoint: 'POST /fapi/v1/leverage', good: { symbol: 'BTCUSDT', leverage: 3, maxNotionalValue: '1000000' }, ask: (venue) => venue.setLeverage('BTCUSDT', 3), ...MUTATION },
  setMarginMode: { endpoint: 'POST /fapi/v1/marginType', good: { code: 200, msg: 'success' }, ask: (venue) => venue.setMarginMode('BTCUSDT', 'cross'), ...MUTATION },
};
