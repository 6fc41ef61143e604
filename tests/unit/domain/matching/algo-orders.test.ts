import { describe, expect, test } from 'vitest';
import type { AlgoRequest } from '../../../../functions/src/domain/matching/algo-request.ts';
import { T0, limit, mark, market, must, print, quote, testExchange, verdict } from './exchange-builder.ts';

const STOP: AlgoRequest = { symbol: 'BTCUSDT', side: 'SELL', positionSide: 'LONG', type: 'STOP_MARKET', triggerPrice: '49000', closePosition: true, workingType: 'MARK_PRICE' };
const SIZED: AlgoRequest = { ...STOP, closePosition: undefined, quantity: '0.1' };

function long(quantity = '0.3') {
  const opened = testExchange();
  must(opened.exchange.execute('placeOrder', market({ quantity }), T0));
  return opened;
}

describe('placing a conditional order answers with the venue code', () => {
  const cases: readonly [string, AlgoRequest, number | 'accepted'][] = [
    ['a stop that closes the position', STOP, 'accepted'],
    ['a stop for a part of it', SIZED, 'accepted'],
    ['an unknown symbol', { ...STOP, symbol: 'X' }, -1121],
    ['a plain type', { ...STOP, type: 'LIMIT' }, -1116],
    ['a conditional limit type', { ...STOP, type: 'STOP' }, -1116],
    ['no trigger price', { ...STOP, triggerPrice: undefined }, -1102],
    ['a trigger price off the tick', { ...STOP, triggerPrice: '49000.05' }, -4014],
    ['a trigger price of zero', { ...STOP, triggerPrice: '0' }, -4006],
    ['a trigger already met', { ...STOP, triggerPrice: '50000' }, -2021],
    ['a take profit already met', { ...STOP, type: 'TAKE_PROFIT_MARKET', triggerPrice: '50000' }, -2021],
    ['a take profit ahead', { ...STOP, type: 'TAKE_PROFIT_MARKET', triggerPrice: '51000' }, 'accepted'],
    ['closePosition with a quantity', { ...STOP, quantity: '0.1' }, -4137],
    ['neither closePosition nor quantity', { ...STOP, closePosition: undefined }, -1102],
    ['more than is held', { ...SIZED, quantity: '0.4' }, -2022],
    ['closing a side that is flat', { ...STOP, side: 'BUY', positionSide: 'SHORT', triggerPrice: '51000' }, -4509],
    ['an opening stop with closePosition', { ...STOP, side: 'BUY', triggerPrice: '51000' }, -4509],
    ['an unknown working type', { ...STOP, workingType: 'INDEX' }, -1130],
    ['reduceOnly in hedge mode', { ...SIZED, reduceOnly: true }, -1106],
    ['a callback rate on a plain stop', { ...STOP, callbackRate: '1' }, -1106],
    ['a trailing stop', { ...SIZED, type: 'TRAILING_STOP_MARKET', triggerPrice: undefined, callbackRate: '1' }, 'accepted'],
    ['a trailing stop without rate', { ...SIZED, type: 'TRAILING_STOP_MARKET', triggerPrice: undefined }, -1102],
    ['a trailing rate above 10', { ...SIZED, type: 'TRAILING_STOP_MARKET', triggerPrice: undefined, callbackRate: '10.1' }, -1130],
    ['an activation price already passed', { ...SIZED, type: 'TRAILING_STOP_MARKET', triggerPrice: undefined, callbackRate: '1', activatePrice: '49999' }, -2021],
  ];

  test.each(cases)('%s', (_, request, expected) => {
    const { exchange } = long();
    expect(verdict(exchange.execute('placeAlgo', request, T0))).toBe(expected);
  });

  test('a second one of its kind that closes the position', () => {
    const { exchange } = long();
    must(exchange.execute('placeAlgo', STOP, T0));
    expect(verdict(exchange.execute('placeAlgo', STOP, T0))).toBe(-4130);
  });

  test('a client id in use', () => {
    const { exchange } = long();
    must(exchange.execute('placeAlgo', { ...SIZED, clientAlgoId: 'a' }, T0));
    expect(verdict(exchange.execute('placeAlgo', { ...SIZED, clientAlgoId: 'a' }, T0))).toBe(-4116);
  });

  test('the 201st open one', () => {
    const { exchange } = long();
    for (let count = 0; count < 200; count++) must(exchange.execute('placeAlgo', SIZED, T0));
    expect(verdict(exchange.execute('placeAlgo', SIZED, T0))).toBe(-4045);
  });

  test('cancelling one that is gone', () => {
    const { exchange } = long();
    const { algoId } = must(exchange.execute('placeAlgo', STOP, T0));
    must(exchange.execute('cancelAlgo', { algoId }, T0));
    expect(verdict(exchange.execute('cancelAlgo', { algoId }, T0))).toBe(-2011);
  });
});

describe('a trigger', () => {
  test('closes the whole position at the book of its moment', () => {
    const { exchange, feed } = long();
    const { algoId } = must(exchange.execute('placeAlgo', STOP, T0));
    feed(quote({ bidPrice: '48990', askPrice: '48990.2' }), mark({ markPrice: '49000.1' }));
    expect(exchange.state.openAlgos).toHaveLength(1);
    feed(mark({ markPrice: '49000' }));
    const algo = exchange.state.closedAlgos[algoId];
    expect(algo).toMatchObject({ algoStatus: 'FINISHED', actualPrice: '48990', triggerTime: T0 });
    expect(exchange.state.closedOrders[algo?.actualOrderId ?? '']).toMatchObject({ status: 'FILLED', executedQty: '0.3', origin: 'algo' });
    expect(exchange.state.positions['BTCUSDT:LONG']?.qty).toBe('0');
  });

  test('looks only at the price of its working type', () => {
    const { exchange, feed } = long();
    must(exchange.execute('placeAlgo', { ...STOP, workingType: 'CONTRACT_PRICE' }, T0));
    feed(mark({ markPrice: '48000' }));
    expect(exchange.state.openAlgos).toHaveLength(1);
    feed(print({ price: '48999', qty: '0.001' }));
    expect(exchange.state.openAlgos).toHaveLength(0);
  });

  test('has right of way over resting closing orders', () => {
    const { exchange, feed } = long();
    const resting = must(exchange.execute('placeOrder', limit({ side: 'SELL', price: '51000', quantity: '0.3' }), T0));
    must(exchange.execute('placeAlgo', STOP, T0));
    feed(mark({ markPrice: '49000' }));
    expect(exchange.state.positions['BTCUSDT:LONG']?.qty).toBe('0');
    expect(exchange.state.closedOrders[resting.orderId]?.status).toBe('EXPIRED');
  });

  test('expires a close when the position is already gone', () => {
    const { exchange, feed } = long();
    const { algoId } = must(exchange.execute('placeAlgo', STOP, T0));
    must(exchange.execute('placeOrder', market({ side: 'SELL', quantity: '0.3' }), T0));
    feed(mark({ markPrice: '49000' }));
    expect(exchange.state.closedAlgos[algoId]).toMatchObject({ algoStatus: 'EXPIRED', actualOrderId: null });
  });

  test('is rejected when it would close more than is left', () => {
    const { exchange, feed } = long();
    const { algoId } = must(exchange.execute('placeAlgo', { ...SIZED, quantity: '0.2' }, T0));
    must(exchange.execute('placeOrder', market({ side: 'SELL', quantity: '0.2' }), T0));
    feed(mark({ markPrice: '49000' }));
    expect(exchange.state.closedAlgos[algoId]).toMatchObject({ algoStatus: 'REJECTED', rejectCode: -2022 });
  });

  test('that opens is rejected without margin', () => {
    const { exchange, feed } = testExchange();
    const { algoId } = must(
      exchange.execute('placeAlgo', { symbol: 'BTCUSDT', side: 'BUY', positionSide: 'LONG', type: 'STOP_MARKET', triggerPrice: '50500', quantity: '50' }, T0),
    );
    feed(print({ price: '50500', aggressor: 'BUY' }));
    expect(exchange.state.closedAlgos[algoId]).toMatchObject({ algoStatus: 'REJECTED', rejectCode: -2019 });
  });

  test('of a trailing stop follows the best price and fires at the callback', () => {
    const { exchange, feed } = long();
    must(exchange.execute('placeAlgo', { ...SIZED, type: 'TRAILING_STOP_MARKET', triggerPrice: undefined, callbackRate: '1' }, T0));
    feed(mark({ markPrice: '52000' }), mark({ markPrice: '51480.1' }));
    expect(exchange.state.openAlgos).toMatchObject([{ extreme: '52000' }]);
    feed(mark({ markPrice: '51480' }));
    expect(exchange.state.openAlgos).toHaveLength(0);
  });

  test('of a trailing stop waits for its activation price', () => {
    const { exchange, feed } = long();
    must(exchange.execute('placeAlgo', { ...SIZED, type: 'TRAILING_STOP_MARKET', triggerPrice: undefined, callbackRate: '1', activatePrice: '51000' }, T0));
    feed(mark({ markPrice: '50900' }), mark({ markPrice: '50000' }));
    expect(exchange.state.openAlgos).toMatchObject([{ extreme: null }]);
    feed(mark({ markPrice: '51000' }), mark({ markPrice: '50490' }));
    expect(exchange.state.openAlgos).toHaveLength(0);
  });
});
