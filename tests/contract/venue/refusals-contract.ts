import { describe, expect, test } from 'vitest';
import { qty } from '../../../functions/src/domain/money/units.ts';
import type { OrderRequest, RejectCode } from '../../../functions/src/domain/order/venue-order.ts';
import { T0 } from '../../unit/domain/matching/exchange-builder.ts';
import { found, limitOrder, marketOrder } from './order-requests.ts';
import type { UseHarness } from './venue-contract.ts';

const REF = { symbol: 'BTCUSDT', clientOrderId: 'pc-test-0-1' };

export function refusalsContract(use: UseHarness): void {
  describe('a refused order', () => {
    test.each<[string, OrderRequest, RejectCode, string]>([
      ['a post-only order that would take', limitOrder({ at: '50000.1' }), 'wouldTake', '-5022'],
      ['a price off the tick', limitOrder({ at: '49000.05' }), 'filter', '-4014'],
      ['a price of too many places', limitOrder({ at: '49000.123' }), 'filter', '-1111'],
      ['a notional below the minimum', limitOrder({ qty: qty('0.001') }), 'filter', '-4164'],
      ['a price outside the band', limitOrder({ side: 'sell', positionSide: 'short', at: '40000' }), 'filter', '-4024'],
      ['more than the margin allows', marketOrder({ qty: qty('10') }), 'insufficientMargin', '-2019'],
      ['an unknown symbol', limitOrder({ symbol: 'NOPEUSDT' }), 'symbolNotTrading', '-1121'],
      ['reducing a position that is not held', marketOrder({ side: 'sell', reducing: true }), 'reduceRejected', '-2022'],
    ])('%s', async (_name, request, code, venueCode) => {
      const { venue } = use();
      expect(await venue.place(request)).toMatchObject({ kind: 'rejected', code, venueCode });
      expect(found(await venue.openOrders())).toEqual([]);
      expect(found(await venue.positions())).toEqual([]);
    });

    test('leaves nothing to be found', async () => {
      const { venue } = use();
      await venue.place(limitOrder({ at: '50000.1' }));
      expect(await venue.findOrder(REF)).toEqual({ kind: 'absent', asOf: T0 });
    });

    test('reducing more than is held is refused and changes nothing', async () => {
      const { venue } = use();
      await venue.place(marketOrder({ qty: qty('0.1') }));
      const tooMuch = marketOrder({ clientOrderId: 'exit', side: 'sell', reducing: true, qty: qty('0.2') });
      expect(await venue.place(tooMuch)).toMatchObject({ kind: 'rejected', code: 'reduceRejected' });
      expect(found(await venue.positions()).map((position) => position.qty.toFixed())).toEqual(['0.1']);
    });

    test('a client order id that is already open is refused as a duplicate', async () => {
      const { venue } = use();
      await venue.place(limitOrder());
      expect(await venue.place(limitOrder({ at: '48000' }))).toMatchObject({ kind: 'rejected', code: 'duplicateClientOrderId' });
      expect(found(await venue.openOrders())).toHaveLength(1);
    });

    test('a request that contradicts itself is never sent', async () => {
      const { venue } = use();
      expect(await venue.place(marketOrder({ positionSide: 'short' }))).toMatchObject({ kind: 'rejected', code: 'other', venueCode: 'not sent' });
      expect(found(await venue.positions())).toEqual([]);
    });
  });

  test('an order armed longer ago than the receive window can no longer be placed', async () => {
    const { venue, setTime } = use();
    await venue.account();
    setTime(T0 + venue.receiveWindowMs + 1);
    expect((await venue.place(limitOrder({ armedAt: T0 }))).kind).toBe('notPlaced');
    expect((await venue.findOrder(REF)).kind).toBe('absent');
    expect((await venue.place(limitOrder({ armedAt: T0 + 1 }))).kind).toBe('accepted');
  });

  test('cancelling an order that never was is a question', async () => {
    expect(await use().venue.cancel(REF)).toEqual({ kind: 'unknownOrder' });
  });

  test('leverage is set, set again, and refused when too high', async () => {
    const { venue } = use();
    expect(await venue.setLeverage('BTCUSDT', 5)).toEqual({ kind: 'accepted' });
    expect(await venue.setLeverage('BTCUSDT', 5)).toEqual({ kind: 'accepted' });
    expect(await venue.setLeverage('BTCUSDT', 500)).toMatchObject({ kind: 'rejected', code: 'leverageLimit' });
  });
}
