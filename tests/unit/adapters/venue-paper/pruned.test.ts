import { describe, expect, test } from 'vitest';
import { type PaperBooks, writeBooks } from '../../../../functions/src/adapters/venue-paper/paper-books.ts';
import { pruned } from '../../../../functions/src/adapters/venue-paper/pruned.ts';
import type { Exchange } from '../../../../functions/src/domain/matching/exchange.ts';
import { decimal, sum } from '../../../../functions/src/domain/money/decimal.ts';
import { T0, limit, market, mark, must, quote, testExchange } from '../../domain/matching/exchange-builder.ts';

const DAY_MS = 86_400_000;

function booksOf(exchange: Exchange): PaperBooks {
  return { exchange: exchange.snapshot(), announced: {}, termsReadAt: {}, tradesPrunedUntil: {} };
}

/** Opens and closes 0.01 BTC at market, a fill each. */
function trade(exchange: Exchange, name: string, at: number): void {
  exchange.applyMarketEvent(quote({ time: at, askQty: '2' }));
  must(exchange.execute('placeOrder', market({ quantity: '0.01', newClientOrderId: `${name}-in` }), at));
  must(exchange.execute('placeOrder', market({ side: 'SELL', quantity: '0.01', newClientOrderId: `${name}-out` }), at));
}

function incomeOf({ exchange }: PaperBooks): string {
  return sum(exchange.income.map(({ income }) => decimal(income))).toFixed();
}

function names({ exchange }: PaperBooks): string[] {
  return Object.values(exchange.closedOrders).map(({ clientOrderId }) => clientOrderId);
}

describe('what is older than seven days', () => {
  const { exchange } = testExchange();
  must(exchange.execute('placeOrder', limit({ newClientOrderId: 'still-open', price: '48000' }), T0));
  must(exchange.execute('placeOrder', limit({ newClientOrderId: 'cancelled' }), T0));
  must(exchange.execute('cancelOrder', { symbol: 'BTCUSDT', origClientOrderId: 'cancelled' }, T0));
  trade(exchange, 'old', T0 + 1);
  trade(exchange, 'older-than-the-last', T0 + 2);
  trade(exchange, 'young', T0 + 2 * DAY_MS);
  const before = booksOf(exchange);
  const after = pruned(before, T0 + 8 * DAY_MS);

  test('goes with its trades, younger and open orders stay', () => {
    expect(names(after)).toEqual(['young-in', 'young-out']);
    expect(after.exchange.trades.map(({ time }) => time)).toEqual([T0 + 2 * DAY_MS, T0 + 2 * DAY_MS]);
    expect(Object.keys(after.exchange.orderIdByClientId).toSorted()).toEqual(['BTCUSDT:still-open', 'BTCUSDT:young-in', 'BTCUSDT:young-out']);
    expect(after.exchange.openOrders).toEqual(before.exchange.openOrders);
  });

  test('is told by the time of the newest trade that went', () => {
    expect(after.tradesPrunedUntil).toEqual({ BTCUSDT: T0 + 2 });
    expect(pruned(after, T0 + 8 * DAY_MS).tradesPrunedUntil).toEqual({ BTCUSDT: T0 + 2 });
  });

  test('leaves one income row per kind and symbol, and the wallet equal to their sum', () => {
    const rows = after.exchange.income.filter(({ time }) => time <= T0 + DAY_MS);
    expect(rows.map(({ incomeType, symbol, time }) => [incomeType, symbol, time])).toEqual([
      ['TRANSFER', '', T0],
      ['COMMISSION', 'BTCUSDT', T0 + 2],
      ['REALIZED_PNL', 'BTCUSDT', T0 + 2],
    ]);
    expect(incomeOf(after)).toBe(before.exchange.assets['USDT']?.walletBalance);
    expect(after.exchange.income.length).toBeLessThan(before.exchange.income.length);
    expect(pruned(after, T0 + 8 * DAY_MS)).toEqual(after);
  });

  test('stays when it is the last that traded in its symbol, however old', () => {
    const late = pruned(before, T0 + 400 * DAY_MS);
    expect(names(late)).toEqual(['young-in', 'young-out']);
    expect(late.tradesPrunedUntil).toEqual({ BTCUSDT: T0 + 2 });
  });
});

test('a busy week stays far below the size of a document', () => {
  const { exchange, feed } = testExchange();
  for (let count = 0; count < 1500; count += 1) trade(exchange, `pc-${String(count).padStart(24, 'x')}`, T0 + count * 400_000);
  feed(mark({ time: T0 + 1500 * 400_000 }));
  const books = pruned(booksOf(exchange), T0 + 1500 * 400_000);
  expect(Object.keys(books.exchange.closedOrders)).toHaveLength(1000);
  expect(writeBooks(books).length).toBeLessThan(250_000);
  expect(incomeOf(books)).toBe(exchange.state.assets['USDT']?.walletBalance);
});
