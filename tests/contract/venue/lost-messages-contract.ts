import { describe, expect, test } from 'vitest';
import { found, limitOrder, marketOrder } from './order-requests.ts';
import type { UseHarness } from './venue-contract.ts';

const REF = { symbol: 'BTCUSDT', clientOrderId: 'pc-test-0-1' };

export function lostMessagesContract(use: UseHarness): void {
  describe('when messages are lost', () => {
    test('an order whose answer is lost is ambiguous, and found exactly once', async () => {
      const { venue, lose } = use();
      lose('place', 'after');
      expect((await venue.place(limitOrder())).kind).toBe('ambiguous');
      expect(found(await venue.findOrder(REF))).toMatchObject({ ...REF, status: 'new' });
      expect(found(await venue.openOrders()).map(({ clientOrderId }) => clientOrderId)).toEqual([REF.clientOrderId]);
    });

    test('a market order whose answer is lost has filled once', async () => {
      const { venue, lose } = use();
      lose('place', 'after');
      expect((await venue.place(marketOrder())).kind).toBe('ambiguous');
      expect(found(await venue.findOrder(REF)).status).toBe('filled');
      expect(found(await venue.positions()).map((position) => position.qty.toFixed())).toEqual(['0.1']);
    });

    test('an order that never arrived is ambiguous too, and absent', async () => {
      const { venue, lose } = use();
      lose('place', 'before');
      expect((await venue.place(limitOrder())).kind).toBe('ambiguous');
      expect((await venue.findOrder(REF)).kind).toBe('absent');
      expect(found(await venue.openOrders())).toEqual([]);
    });

    test('a cancel whose answer is lost is ambiguous, and the order is found cancelled', async () => {
      const { venue, lose } = use();
      await venue.place(limitOrder());
      lose('cancel', 'after');
      expect((await venue.cancel(REF)).kind).toBe('ambiguous');
      expect(found(await venue.findOrder(REF)).status).toBe('canceled');
    });

    test('a read that fails is unavailable, never absent, empty or flat', async () => {
      const { venue, lose } = use();
      await venue.place(marketOrder());
      for (const call of ['findOrder', 'positions', 'quotes'] as const) lose(call, 'before');
      expect((await venue.findOrder(REF)).kind).toBe('unavailable');
      expect((await venue.positions()).kind).toBe('unavailable');
      expect((await venue.quotes(['BTCUSDT'])).kind).toBe('unavailable');
      expect(found(await venue.positions())).toHaveLength(1);
    });
  });
}
