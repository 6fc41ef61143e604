import { expect, test } from 'vitest';
import type { FundingEvent } from '../../../../functions/src/domain/matching/market-event.ts';
import { T0, mark, market, must, testExchange } from './exchange-builder.ts';

const HOUR = 3_600_000;
const funding = (rate: string): FundingEvent => ({ kind: 'funding', symbol: 'BTCUSDT', time: T0 + 1, rate, nextFundingTime: T0 + 8 * HOUR });

test.each([
  ['longs pay a positive rate', 'BUY', 'LONG', '0.0001', '-0.51'],
  ['shorts receive a positive rate', 'SELL', 'SHORT', '0.0001', '0.51'],
  ['longs receive a negative rate', 'BUY', 'LONG', '-0.0002', '1.02'],
  ['shorts pay a negative rate', 'SELL', 'SHORT', '-0.0002', '-1.02'],
])('%s on their notional at mark', (_, side, positionSide, rate, expected) => {
  const { exchange, feed } = testExchange();
  must(exchange.execute('placeOrder', market({ side, positionSide }), T0));
  feed(mark({ markPrice: '51000' }), funding(rate));
  expect(exchange.state.income.at(-1)).toMatchObject({ incomeType: 'FUNDING_FEE', income: expected, symbol: 'BTCUSDT', tradeId: '' });
});

test('hedge legs settle apart and their rows have their own ids', () => {
  const { exchange, feed } = testExchange();
  must(exchange.execute('placeOrder', market(), T0));
  must(exchange.execute('placeOrder', market({ side: 'SELL', positionSide: 'SHORT' }), T0));
  feed(funding('0.0001'));
  const rows = exchange.state.income.filter((row) => row.incomeType === 'FUNDING_FEE');
  expect(rows.map((row) => row.income)).toEqual(['-0.5', '0.5']);
  expect(new Set(exchange.state.income.map((row) => row.tranId)).size).toBe(exchange.state.income.length);
});

test('a flat account pays nothing and the next settlement is known', () => {
  const { exchange, feed } = testExchange();
  feed(funding('0.0001'));
  expect(exchange.state.income).toHaveLength(1);
  expect(exchange.state.markets['BTCUSDT']).toMatchObject({ fundingRate: '0.0001', nextFundingTime: T0 + 8 * HOUR });
});
