import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { closableQty, isClosing, pendingCloseQty } from '../../../functions/src/domain/matching/closing-orders.ts';
import { Exchange } from '../../../functions/src/domain/matching/exchange.ts';
import type { ExchangeState, Order } from '../../../functions/src/domain/matching/exchange-state.ts';
import { ZERO, decimal, sum, text } from '../../../functions/src/domain/money/decimal.ts';
import { act, begin, play, sessions } from './random-session.ts';

const RUNS = { numRuns: 60 };

function ordersOf(state: ExchangeState): Order[] {
  return [...Object.values(state.openOrders).flat(), ...Object.values(state.closedOrders)];
}

function hasOnly8Decimals(amount: string): boolean {
  return /^-?\d+(\.\d{1,8})?$/.test(amount);
}

describe.each(['hedge', 'one-way'] as const)('after any session in %s mode', (mode) => {
  const session = sessions(mode);

  test('the wallet is the sum of its income rows, each rounded to 8 decimals', () => {
    fc.assert(
      fc.property(session, (actions) => {
        const { state } = play(mode, actions).exchange;
        expect(state.assets['USDT']?.walletBalance).toBe(text(sum(state.income.map((row) => decimal(row.income)))));
        expect(state.income.filter((row) => !hasOnly8Decimals(row.income))).toEqual([]);
      }),
      RUNS,
    );
  });

  test('cash is conserved: beside fees, funding and transfers the wallet moves only by what was bought and sold and is not held', () => {
    fc.assert(
      fc.property(session, (actions) => {
        const { state } = play(mode, actions).exchange;
        const bookedElsewhere = state.income.filter((row) => row.incomeType !== 'REALIZED_PNL').map((row) => decimal(row.income));
        const paid = state.trades.map((trade) => decimal(trade.quoteQty).times(trade.side === 'BUY' ? '1' : '-1'));
        const cost = Object.values(state.positions).map((position) => decimal(position.cost));
        expect(state.assets['USDT']?.walletBalance).toBe(text(sum(bookedElsewhere).plus(sum(cost)).minus(sum(paid))));
      }),
      RUNS,
    );
  });

  test('every position is the sum of its signed fills', () => {
    fc.assert(
      fc.property(session, (actions) => {
        const { state } = play(mode, actions).exchange;
        for (const position of Object.values(state.positions)) {
          const fills = state.trades.filter((trade) => trade.positionSide === position.positionSide);
          const signed = sum(fills.map((trade) => decimal(trade.qty).times(trade.side === 'BUY' ? '1' : '-1')));
          expect(position.qty).toBe(text(signed));
        }
      }),
      RUNS,
    );
  });

  test('orders execute exactly their trades, never beyond their quantity or worse than their limit', () => {
    fc.assert(
      fc.property(session, (actions) => {
        const { state } = play(mode, actions).exchange;
        for (const order of ordersOf(state)) {
          const trades = state.trades.filter((trade) => trade.orderId === order.orderId);
          expect(order.executedQty).toBe(text(sum(trades.map((trade) => decimal(trade.qty)))));
          expect(decimal(order.executedQty).lte(order.origQty)).toBe(true);
          expect(order.status === 'FILLED').toBe(decimal(order.executedQty).eq(order.origQty));
          const worse = trades.filter((trade) => order.type === 'LIMIT' && decimal(trade.price)[order.side === 'BUY' ? 'gt' : 'lt'](order.price));
          expect(worse).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  test('post-only orders never take and good-till-cancelled ones alone rest', () => {
    fc.assert(
      fc.property(session, (actions) => {
        const { state } = play(mode, actions).exchange;
        const postOnly = new Set(ordersOf(state).filter((order) => order.timeInForce === 'GTX').map((order) => order.orderId));
        expect(state.trades.filter((trade) => postOnly.has(trade.orderId) && !trade.maker)).toEqual([]);
        const resting = Object.values(state.openOrders).flat();
        expect(resting.filter((order) => order.type === 'MARKET' || order.timeInForce === 'IOC' || order.timeInForce === 'FOK')).toEqual([]);
      }),
      RUNS,
    );
  });

  test('at every step closing orders ask for no more than is held, and in hedge mode no position changes its sign', () => {
    fc.assert(
      fc.property(session, (actions) => {
        const { exchange } = begin(mode);
        for (const action of actions) {
          act(exchange, action);
          const { state } = exchange;
          for (const order of Object.values(state.openOrders).flat().filter(isClosing)) {
            const held = closableQty(state, order.symbol, order.side, order.positionSide);
            expect(pendingCloseQty(state, order).lte(held)).toBe(true);
          }
          expect(decimal(state.positions['BTCUSDT:LONG']?.qty ?? '0').gte(ZERO)).toBe(true);
          expect(decimal(state.positions['BTCUSDT:SHORT']?.qty ?? '0').lte(ZERO)).toBe(true);
        }
      }),
      RUNS,
    );
  });

  test('a print gives resting orders no more than its quantity', () => {
    fc.assert(
      fc.property(session, (actions) => {
        const { exchange } = begin(mode);
        for (const action of actions) {
          const before = exchange.state.trades.length;
          act(exchange, action);
          if (action.kind !== 'market' || action.event.kind !== 'trade') continue;
          const made = exchange.state.trades.slice(before).filter((trade) => trade.maker);
          expect(sum(made.map((trade) => decimal(trade.qty))).lte(action.event.qty)).toBe(true);
        }
      }),
      RUNS,
    );
  });

  test('the same inputs give the same state and events, also across a snapshot as JSON in the middle', () => {
    fc.assert(
      fc.property(session, fc.nat(60), (actions, cut) => {
        const straight = play(mode, actions);
        expect(play(mode, actions)).toEqual(straight);
        const first = play(mode, actions.slice(0, cut)).exchange;
        const resumed = Exchange.restore(JSON.parse(JSON.stringify(first.snapshot())));
        for (const action of actions.slice(cut)) act(resumed, action);
        expect(resumed.snapshot()).toEqual(straight.exchange.snapshot());
      }),
      RUNS,
    );
  });

  test('a refused order changes nothing', () => {
    fc.assert(
      fc.property(session, (actions) => {
        const { exchange } = begin(mode);
        const changedByRefusal = actions.filter((action) => {
          const before = exchange.snapshot();
          if (action.kind === 'place') {
            const { ok } = exchange.execute('placeOrder', action.request, before.time);
            return !ok && !isDeepStrictEqual(exchange.snapshot(), before);
          }
          act(exchange, action);
          return false;
        });
        expect(changedByRefusal).toEqual([]);
      }),
      RUNS,
    );
  });
});
