import { describe, expect, test } from 'vitest';
import { T0, limit, market, must, print, quote, testExchange } from './exchange-builder.ts';

const AT_BID = limit({ price: '49999.9', quantity: '0.5' });

describe('a resting order', () => {
  test('waits until prints have eaten what was displayed at its price before it', () => {
    const { exchange, feed } = testExchange();
    const { orderId } = must(exchange.execute('placeOrder', AT_BID, T0));
    const executed = (): string | undefined =>
      exchange.state.openOrders['BTCUSDT']?.find((order) => order.orderId === orderId)?.executedQty ?? exchange.state.closedOrders[orderId]?.executedQty;
    feed(print({ qty: '0.6' }));
    expect(executed()).toBe('0');
    feed(print({ qty: '0.6' }));
    expect(executed()).toBe('0.2');
    feed(print({ qty: '9' }));
    expect(executed()).toBe('0.5');
    expect(exchange.state.closedOrders[orderId]?.status).toBe('FILLED');
  });

  test('has no queue inside the spread', () => {
    const { exchange, feed } = testExchange();
    must(exchange.execute('placeOrder', limit({ price: '50000', quantity: '0.5' }), T0));
    feed(print({ price: '50000', qty: '0.1' }));
    expect(exchange.state.trades).toMatchObject([{ qty: '0.1', price: '50000', maker: true }]);
  });

  test('is reached at once by a print through its price, for no more than the print', () => {
    const { exchange, feed } = testExchange();
    must(exchange.execute('placeOrder', AT_BID, T0));
    feed(print({ price: '49999.8', qty: '0.3' }));
    expect(exchange.state.trades).toMatchObject([{ qty: '0.3', price: '49999.9', maker: true }]);
  });

  test('ignores prints of takers on its own side', () => {
    const { exchange, feed } = testExchange();
    must(exchange.execute('placeOrder', AT_BID, T0));
    feed(print({ aggressor: 'BUY', price: '49999.9', qty: '50' }));
    expect(exchange.state.trades).toEqual([]);
  });

  test('fills whole at its own price when the book moves through it', () => {
    const { exchange, feed } = testExchange();
    must(exchange.execute('placeOrder', AT_BID, T0));
    feed(quote({ bidPrice: '49990', askPrice: '49999.9', askQty: '0.001' }));
    expect(exchange.state.trades).toMatchObject([{ qty: '0.5', price: '49999.9', maker: true, commission: '4.99999' }]);
  });

  test('does not fill because the book moved away', () => {
    const { exchange, feed } = testExchange();
    must(exchange.execute('placeOrder', AT_BID, T0));
    feed(quote({ bidPrice: '49990', askPrice: '50000' }));
    expect(exchange.state.trades).toEqual([]);
  });

  test('shares a print with later orders at its price in the order of arrival, others once', () => {
    const { exchange, feed } = testExchange();
    must(exchange.execute('placeOrder', AT_BID, T0));
    feed(quote({ bidQty: '3' }));
    must(exchange.execute('placeOrder', { ...AT_BID, quantity: '0.4' }, T0));
    feed(print({ qty: '3.6' }));
    expect(exchange.state.trades.map(({ qty }) => qty)).toEqual(['0.5', '0.1']);
  });

  test('at a better price comes before one at the print price', () => {
    const { exchange, feed } = testExchange();
    must(exchange.execute('placeOrder', AT_BID, T0));
    must(exchange.execute('placeOrder', limit({ price: '50000', quantity: '0.2' }), T0));
    feed(print({ qty: '1.3' }));
    expect(exchange.state.trades.map(({ qty, price }) => `${qty}@${price}`)).toEqual(['0.2@50000', '0.1@49999.9']);
  });
});

describe('a taker', () => {
  test('walks the displayed book and pays more the deeper it goes', () => {
    const { exchange } = testExchange();
    const order = must(exchange.execute('placeOrder', limit({ price: '50001', quantity: '1.5' }), T0));
    expect(order.status).toBe('FILLED');
    expect(exchange.state.trades.map(({ qty, price }) => `${qty}@${price}`)).toEqual(['1@50000.1', '0.5@50000.6']);
  });

  test('finds what it took gone until the next quote', () => {
    const { exchange, feed } = testExchange();
    must(exchange.execute('placeOrder', market({ quantity: '1' }), T0));
    must(exchange.execute('placeOrder', market({ quantity: '0.1' }), T0));
    must(exchange.execute('placeOrder', market({ quantity: '0.1' }), T0));
    feed(quote());
    must(exchange.execute('placeOrder', market({ quantity: '0.1' }), T0));
    expect(exchange.state.trades.map(({ price }) => price)).toEqual(['50000.1', '50000.6', '50000.6', '50000.1']);
  });

  test('leaves the rest of a good-till-cancelled order resting without a queue', () => {
    const { exchange } = testExchange();
    const order = must(exchange.execute('placeOrder', limit({ price: '50000.1', quantity: '1.2' }), T0));
    expect(order).toMatchObject({ status: 'PARTIALLY_FILLED', executedQty: '1', queueAhead: '0' });
  });

  test('expires the rest of an immediate-or-cancel order', () => {
    const { exchange } = testExchange();
    const order = must(exchange.execute('placeOrder', limit({ price: '50000.1', quantity: '1.2', timeInForce: 'IOC' }), T0));
    expect(order).toMatchObject({ status: 'EXPIRED', executedQty: '1' });
  });

  test('pays the taker fee in the margin asset', () => {
    const { exchange } = testExchange();
    must(exchange.execute('placeOrder', market({ quantity: '1' }), T0));
    expect(exchange.state.trades).toMatchObject([{ commission: '25.00005', commissionAsset: 'USDT', maker: false }]);
  });
});

describe('closing orders', () => {
  test('that no longer fit the position expire, newest first', () => {
    const { exchange } = testExchange({ positionMode: 'one-way' });
    must(exchange.execute('placeOrder', market({ positionSide: undefined, quantity: '0.3' }), T0));
    const close = limit({ side: 'SELL', positionSide: undefined, price: '51000', reduceOnly: true });
    const first = must(exchange.execute('placeOrder', close, T0));
    const second = must(exchange.execute('placeOrder', close, T0));
    must(exchange.execute('placeOrder', market({ positionSide: undefined, side: 'SELL', quantity: '0.15' }), T0));
    expect(exchange.state.openOrders['BTCUSDT']?.map(({ orderId }) => orderId)).toEqual([first.orderId]);
    expect(exchange.state.closedOrders[second.orderId]?.status).toBe('EXPIRED');
  });

  test('in one-way mode a larger opposite order reverses the position', () => {
    const { exchange } = testExchange({ positionMode: 'one-way' });
    must(exchange.execute('placeOrder', market({ positionSide: undefined, quantity: '0.3' }), T0));
    must(exchange.execute('placeOrder', market({ positionSide: undefined, side: 'SELL', quantity: '0.5' }), T0));
    expect(exchange.state.positions['BTCUSDT:BOTH']).toMatchObject({ qty: '-0.2', cost: '-9999.98' });
  });
});
