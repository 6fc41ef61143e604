import { describe, expect, test } from 'vitest';
import { price, qty } from '../../../functions/src/domain/money/units.ts';
import { T0, quote } from '../../unit/domain/matching/exchange-builder.ts';
import { accepted, essence, found, limitOrder, marketOrder } from './order-requests.ts';
import type { UseHarness } from './venue-contract.ts';
import { FIRST_ORDER_ID } from './venue-harness.ts';

const REF = { symbol: 'BTCUSDT', clientOrderId: 'pc-test-0-1' };

export function ordersContract(use: UseHarness): void {
  describe('a resting order', () => {
    test('is placed, found as it was placed, listed, and cancelled', async () => {
      const { venue } = use();
      const placed = accepted(await venue.place(limitOrder()));
      expect(placed).toEqual({
        ...REF,
        venueOrderId: FIRST_ORDER_ID,
        side: 'buy',
        positionSide: 'long',
        type: 'limit',
        status: 'new',
        qty: qty('0.1'),
        price: price('49000'),
        executedQty: qty('0'),
        averagePrice: null,
        updatedAt: T0,
      });
      expect(await venue.findOrder(REF)).toEqual({ kind: 'found', value: placed, asOf: T0 });
      expect(found(await venue.openOrders())).toEqual([placed]);

      expect(await venue.cancel(REF)).toMatchObject({ kind: 'canceled', order: { ...REF, status: 'canceled' } });
      expect(found(await venue.findOrder(REF)).status).toBe('canceled');
      expect(found(await venue.openOrders())).toEqual([]);
    });

    test('fills whole as maker at its own price when the book goes through it', async () => {
      const { venue, happens } = use();
      const { venueOrderId } = accepted(await venue.place(limitOrder({ at: '49999.9' })));
      happens(quote({ time: T0 + 1, bidPrice: '49999.7', askPrice: '49999.8' }));
      expect(found(await venue.findOrder(REF))).toMatchObject({ status: 'filled', executedQty: qty('0.1'), averagePrice: price('49999.9') });
      expect(found(await venue.findOrderOfFill({ symbol: REF.symbol, venueOrderId })).clientOrderId).toBe(REF.clientOrderId);
      const fills = found(await venue.fillsOfOrder({ ...REF, venueOrderId }));
      expect(fills.map(essence)).toEqual([
        { side: 'buy', positionSide: 'long', qty: '0.1', price: '49999.9', fee: '0.999998 USDT', realizedPnl: '0', isMaker: true },
      ]);
    });

    test('that filled is unknown to cancel and found as filled', async () => {
      const { venue, happens } = use();
      await venue.place(limitOrder({ at: '49999.9' }));
      happens(quote({ time: T0 + 1, bidPrice: '49999.7', askPrice: '49999.8' }));
      expect(await venue.cancel(REF)).toEqual({ kind: 'unknownOrder' });
      expect(found(await venue.findOrder(REF))).toMatchObject({ status: 'filled', executedQty: qty('0.1') });
    });
  });

  describe('a taking order', () => {
    test('at market fills at once with its average price in the answer', async () => {
      const { venue } = use();
      const order = accepted(await venue.place(marketOrder()));
      expect(order).toMatchObject({ type: 'market', status: 'filled', price: null, executedQty: qty('0.1'), averagePrice: price('50000.1') });
      const fills = found(await venue.fillsOfOrder({ ...REF, venueOrderId: order.venueOrderId }));
      expect(fills.map(essence)).toEqual([
        { side: 'buy', positionSide: 'long', qty: '0.1', price: '50000.1', fee: '2.500005 USDT', realizedPnl: '0', isMaker: false },
      ]);
    });

    test('IOC takes what is offered at its price and the rest expires', async () => {
      const { venue } = use();
      const order = accepted(await venue.place(limitOrder({ at: '50000.1', qty: qty('1.5'), timeInForce: 'IOC' })));
      expect(order).toMatchObject({ status: 'expired', qty: qty('1.5'), executedQty: qty('1') });
      expect(found(await venue.openOrders())).toEqual([]);
    });

    test('IOC that meets nothing expires unfilled', async () => {
      const { venue } = use();
      const order = accepted(await venue.place(limitOrder({ at: '49000', timeInForce: 'IOC' })));
      expect(order).toMatchObject({ status: 'expired', executedQty: qty('0'), averagePrice: null });
      expect(found(await venue.fillsOfOrder({ ...REF, venueOrderId: order.venueOrderId }))).toEqual([]);
    });
  });

  test('a reducing order closes its side, is read back as such, and realises the profit', async () => {
    const { venue, happens } = use();
    await venue.place(marketOrder());
    happens(quote({ time: T0 + 1, bidPrice: '50100.1', askPrice: '50100.3' }));
    const exit = { symbol: 'BTCUSDT', clientOrderId: 'pc-test-1-1' };
    const order = accepted(await venue.place(limitOrder({ ...exit, side: 'sell', reducing: true, at: '50100.1', timeInForce: 'IOC' })));
    expect(order).toMatchObject({ side: 'sell', positionSide: 'long', status: 'filled' });
    const fills = found(await venue.fillsOfOrder({ ...exit, venueOrderId: order.venueOrderId }));
    expect(fills.map(essence)).toMatchObject([{ side: 'sell', positionSide: 'long', qty: '0.1', realizedPnl: '10' }]);
    expect(found(await venue.positions())).toEqual([]);
  });

  test('fills belong to their order alone', async () => {
    const { venue } = use();
    await venue.place(marketOrder({ clientOrderId: 'first', qty: qty('0.02') }));
    const second = accepted(await venue.place(marketOrder({ clientOrderId: 'second', qty: qty('0.03') })));
    const fills = found(await venue.fillsOfOrder({ symbol: 'BTCUSDT', clientOrderId: 'second', venueOrderId: second.venueOrderId }));
    expect(fills.map((fill) => fill.qty.toFixed())).toEqual(['0.03']);
  });

  test('the same client order id is free again once the first order is no longer open', async () => {
    const { venue } = use();
    const first = accepted(await venue.place(marketOrder()));
    const second = accepted(await venue.place(marketOrder()));
    expect(second.venueOrderId).not.toBe(first.venueOrderId);
    expect(found(await venue.findOrder(REF)).venueOrderId).toBe(second.venueOrderId);
  });
}
