import { expect, test } from 'vitest';
import { orderHistory, queryAlgo, queryOrder } from '../../../../functions/src/domain/matching/order-history.ts';
import { T0, limit, market, must, testExchange, verdict } from './exchange-builder.ts';

const DAY = 86_400_000;

test('an unfilled cancelled order is forgotten after 3 days, a filled one after 90, an open one never', () => {
  const { exchange } = testExchange();
  const { state } = exchange;
  const cancelled = must(exchange.execute('placeOrder', limit(), T0));
  must(exchange.execute('cancelOrder', { symbol: 'BTCUSDT', orderId: cancelled.orderId }, T0));
  const filled = must(exchange.execute('placeOrder', market(), T0));
  const open = must(exchange.execute('placeOrder', limit(), T0));
  const verdictAt = (orderId: string, now: number) => verdict(queryOrder(state, { symbol: 'BTCUSDT', orderId }, now));
  expect(verdictAt(cancelled.orderId, T0 + 3 * DAY)).toBe('accepted');
  expect(verdictAt(cancelled.orderId, T0 + 3 * DAY + 1)).toBe(-2013);
  expect(verdictAt(filled.orderId, T0 + 90 * DAY)).toBe('accepted');
  expect(verdictAt(filled.orderId, T0 + 90 * DAY + 1)).toBe(-2013);
  expect(verdictAt(open.orderId, T0 + 900 * DAY)).toBe('accepted');
  expect(orderHistory(state, 'BTCUSDT', T0 + 4 * DAY).map(({ orderId }) => orderId)).toEqual([filled.orderId, open.orderId]);
});

test('a client id used twice means its newest order', () => {
  const { exchange } = testExchange();
  must(exchange.execute('placeOrder', market({ newClientOrderId: 'same' }), T0));
  const second = must(exchange.execute('placeOrder', market({ newClientOrderId: 'same' }), T0));
  expect(must(queryOrder(exchange.state, { symbol: 'BTCUSDT', origClientOrderId: 'same' }, T0)).orderId).toBe(second.orderId);
});

test('what never was does not exist', () => {
  const { exchange } = testExchange();
  expect(verdict(queryOrder(exchange.state, { symbol: 'BTCUSDT', origClientOrderId: 'x' }, T0))).toBe(-2013);
  expect(verdict(queryOrder(exchange.state, { symbol: 'BTCUSDT' }, T0))).toBe(-1102);
  expect(verdict(queryAlgo(exchange.state, { algoId: '7' }, T0))).toBe(-2013);
});
