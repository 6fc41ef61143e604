import { describe, expect, test } from 'vitest';
import type { OrderRequest } from '../../../../functions/src/domain/matching/order-request.ts';
import { T0, instrument, limit, mark, market, must, quote, testExchange, verdict } from './exchange-builder.ts';

const CASES: readonly [string, OrderRequest, number | 'accepted'][] = [
  ['a resting limit order', limit(), 'accepted'],
  ['an unknown symbol', limit({ symbol: 'NOPEUSDT' }), -1121],
  ['a side that is neither BUY nor SELL', limit({ side: 'HOLD' }), -1117],
  ['an unknown type', limit({ type: 'ICEBERG' }), -1116],
  ['a conditional type on the order endpoint', market({ type: 'STOP_MARKET' }), -4120],
  ['a limit order without time in force', limit({ timeInForce: undefined }), -1102],
  ['an unknown time in force', limit({ timeInForce: 'GTD' }), -1115],
  ['a market order with time in force', market({ timeInForce: 'GTC' }), -1106],
  ['a market order with a price', market({ price: '50000' }), -1106],
  ['a limit order without price', limit({ price: undefined }), -1102],
  ['a malformed quantity', limit({ quantity: '1e-1' }), -1102],
  ['a client id of 37 characters', limit({ newClientOrderId: 'x'.repeat(37) }), -4015],
  ['a client id with a space', limit({ newClientOrderId: 'a b' }), -4015],
  ['an invalid position side', limit({ positionSide: 'UP' }), -4060],
  ['no position side in hedge mode', limit({ positionSide: undefined }), -4061],
  ['position side BOTH in hedge mode', limit({ positionSide: 'BOTH' }), -4061],
  ['reduceOnly in hedge mode', limit({ reduceOnly: true }), -1106],
  ['reduceOnly=false in hedge mode', limit({ reduceOnly: false }), -1106],
  ['too many price decimals, before the tick is looked at', limit({ price: '49000.123' }), -1111],
  ['a price off the tick within the precision', limit({ price: '49000.05' }), -4014],
  ['a price of zero', limit({ price: '0' }), -4001],
  ['a price below the minimum', limit({ price: '99.9' }), -4013],
  ['a price above the maximum', limit({ price: '1000000.1' }), -4002],
  ['too many quantity decimals', limit({ quantity: '0.0001' }), -1111],
  ['a quantity of zero', limit({ quantity: '0' }), -4003],
  ['a limit quantity above LOT_SIZE', limit({ quantity: '1000.001' }), -4005],
  ['a market quantity above MARKET_LOT_SIZE', market({ quantity: '120.001' }), -4005],
  ['a limit quantity that only MARKET_LOT_SIZE would refuse: margin decides', limit({ quantity: '99' }), -2019],
  ['a buy above the price band', limit({ price: '52500.1', quantity: '0.01' }), -4016],
  ['a sell below the price band', limit({ side: 'SELL', positionSide: 'SHORT', price: '47499.9', quantity: '0.01' }), -4024],
  ['an order below the minimum notional', limit({ quantity: '0.002' }), -4164],
  ['an order just at the minimum notional', limit({ price: '50000', quantity: '0.002' }), 'accepted'],
  ['closing in hedge mode what is not held', limit({ side: 'SELL', price: '51000' }), -2022],
  ['more margin than there is', limit({ quantity: '2.1' }), -2019],
  ['a post-only order that would take', limit({ price: '50000.1', timeInForce: 'GTX' }), -5022],
  ['a post-only order one tick below the ask', limit({ price: '50000', timeInForce: 'GTX' }), 'accepted'],
  ['fill-or-kill beyond what is displayed at the price', limit({ price: '50000.1', quantity: '1.001', timeInForce: 'FOK' }), -5021],
  ['fill-or-kill that is displayed in full', limit({ price: '50000.1', quantity: '1', timeInForce: 'FOK' }), 'accepted'],
];

describe('placing an order answers with the venue code', () => {
  test.each(CASES)('%s', (_, request, expected) => {
    const { exchange } = testExchange();
    expect(verdict(exchange.execute('placeOrder', request, T0))).toBe(expected);
  });

  const refused = CASES.filter(([, , expected]) => expected !== 'accepted');

  test.each(refused)('%s changes nothing', (_, request) => {
    const { exchange } = testExchange();
    const before = exchange.snapshot();
    exchange.execute('placeOrder', request, T0);
    expect(exchange.snapshot()).toEqual(before);
  });

  test('a quantity off the step within the precision', () => {
    const { exchange } = testExchange({ instruments: [instrument({ stepSize: '0.005', minQty: '0.005' })] });
    expect(verdict(exchange.execute('placeOrder', limit({ quantity: '0.007' }), T0))).toBe(-4023);
    expect(verdict(exchange.execute('placeOrder', limit({ quantity: '0.004' }), T0))).toBe(-4004);
  });

  test('a market order is refused when the best counterparty lies outside the band', () => {
    const { exchange, feed } = testExchange();
    feed(mark({ markPrice: '47000' }));
    expect(verdict(exchange.execute('placeOrder', market(), T0))).toBe(-4131);
  });

  test('a symbol without a quote does not trade yet', () => {
    const { exchange } = testExchange({ instruments: [instrument(), instrument({ symbol: 'ETHUSDT' })] });
    expect(verdict(exchange.execute('placeOrder', limit({ symbol: 'ETHUSDT' }), T0))).toBe(-4140);
  });

  test('a symbol that is settling does not trade', () => {
    const { exchange } = testExchange();
    must(exchange.execute('listInstrument', { instrument: instrument({ status: 'SETTLING' }), leverage: 10 }, T0));
    expect(verdict(exchange.execute('placeOrder', limit(), T0))).toBe(-4140);
  });

  test('a client id is refused while its order is open and may be used again after', () => {
    const { exchange } = testExchange();
    const request = limit({ newClientOrderId: 'same' });
    const first = must(exchange.execute('placeOrder', request, T0));
    expect(verdict(exchange.execute('placeOrder', request, T0))).toBe(-4116);
    must(exchange.execute('cancelOrder', { symbol: 'BTCUSDT', orderId: first.orderId }, T0));
    expect(verdict(exchange.execute('placeOrder', request, T0))).toBe('accepted');
  });

  test('a duplicate is told before the margin that the first order has used up', () => {
    const { exchange } = testExchange();
    const request = limit({ newClientOrderId: 'big', quantity: '2' });
    must(exchange.execute('placeOrder', request, T0));
    expect(verdict(exchange.execute('placeOrder', request, T0))).toBe(-4116);
  });

  test('the number of open orders per symbol is limited', () => {
    const { exchange } = testExchange({ instruments: [instrument({ maxNumOrders: 1 })] });
    must(exchange.execute('placeOrder', limit(), T0));
    expect(verdict(exchange.execute('placeOrder', limit(), T0))).toBe(-2025);
  });

  test('resting closing orders count against what is held', () => {
    const { exchange } = testExchange();
    must(exchange.execute('placeOrder', market({ quantity: '0.1' }), T0));
    const close = limit({ side: 'SELL', price: '51000', quantity: '0.06' });
    expect(verdict(exchange.execute('placeOrder', close, T0))).toBe('accepted');
    expect(verdict(exchange.execute('placeOrder', close, T0))).toBe(-2022);
    expect(verdict(exchange.execute('placeOrder', { ...close, quantity: '0.04' }, T0))).toBe('accepted');
  });

  test('closing orders need no minimum notional', () => {
    const { exchange } = testExchange();
    must(exchange.execute('placeOrder', market({ quantity: '0.1' }), T0));
    expect(verdict(exchange.execute('placeOrder', market({ side: 'SELL', quantity: '0.001' }), T0))).toBe('accepted');
  });

  test('a position may not outgrow the bracket of its leverage', () => {
    const { exchange } = testExchange({ defaultLeverage: 125 });
    expect(verdict(exchange.execute('placeOrder', limit({ quantity: '1' , price: '49999' }), T0))).toBe('accepted');
    expect(verdict(exchange.execute('placeOrder', limit({ quantity: '0.01', price: '49999' }), T0))).toBe(-2027);
  });

  test('one-way mode wants no LONG or SHORT and takes reduceOnly', () => {
    const { exchange } = testExchange({ positionMode: 'one-way' });
    expect(verdict(exchange.execute('placeOrder', limit(), T0))).toBe(-4061);
    expect(verdict(exchange.execute('placeOrder', market({ positionSide: undefined, reduceOnly: true }), T0))).toBe(-2022);
    must(exchange.execute('placeOrder', market({ positionSide: undefined }), T0));
    const close = market({ positionSide: 'BOTH', side: 'SELL', reduceOnly: true });
    expect(verdict(exchange.execute('placeOrder', close, T0))).toBe('accepted');
  });

  test('cancelling what is not open is refused as unknown, querying what never was as not existing', () => {
    const { exchange } = testExchange();
    expect(verdict(exchange.execute('cancelOrder', { symbol: 'BTCUSDT', orderId: '1' }, T0))).toBe(-2011);
    expect(verdict(exchange.execute('cancelOrder', { symbol: 'BTCUSDT' }, T0))).toBe(-1102);
    expect(verdict(exchange.execute('cancelOrder', { symbol: 'X', orderId: '1' }, T0))).toBe(-1121);
  });

  test('a crossed quote is a defect of the feed', () => {
    const { exchange } = testExchange();
    expect(() => exchange.applyMarketEvent(quote({ bidPrice: '50000.1' }))).toThrow(/crossed quote/);
  });
});
