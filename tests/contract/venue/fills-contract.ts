import { describe, expect, test } from 'vitest';
import { price, qty } from '../../../functions/src/domain/money/units.ts';
import { T0, mark, quote } from '../../unit/domain/matching/exchange-builder.ts';
import { accepted, essence, found, marketOrder } from './order-requests.ts';
import type { UseHarness } from './venue-contract.ts';

export function fillsContract(use: UseHarness): void {
  describe('the fills of a symbol since a time', () => {
    test('are those of all its orders from that millisecond on, oldest first', async () => {
      const { venue, happens } = use();
      await venue.place(marketOrder({ clientOrderId: 'early', qty: qty('0.01') }));
      happens(mark({ time: T0 + 5 }));
      const second = accepted(await venue.place(marketOrder({ clientOrderId: 'second', qty: qty('0.02') })));
      await venue.place(marketOrder({ clientOrderId: 'elsewhere', symbol: 'ETHUSDT' }));
      happens(mark({ time: T0 + 9 }));
      const exit = accepted(await venue.place(marketOrder({ clientOrderId: 'exit', side: 'sell', reducing: true, qty: qty('0.03') })));

      const fills = found(await venue.fillsSince('BTCUSDT', T0 + 5));
      expect(fills.map(({ venueOrderId, side, positionSide, filledAt }) => [venueOrderId, side, positionSide, filledAt])).toEqual([
        [second.venueOrderId, 'buy', 'long', T0 + 5],
        [exit.venueOrderId, 'sell', 'long', T0 + 9],
      ]);
      expect(found(await venue.fillsSince('BTCUSDT', T0 + 10))).toEqual([]);
    });

    test('are the same as those of each order', async () => {
      const { venue } = use();
      const order = accepted(await venue.place(marketOrder({ qty: qty('1.5') })));
      const fills = found(await venue.fillsSince('BTCUSDT', T0));
      expect(fills.length).toBeGreaterThan(1);
      expect(fills).toEqual(found(await venue.fillsOfOrder({ ...order })));
    });

    test('are more than one page of them all, each once', async () => {
      const { venue, happens } = use();
      const perOrder: number[] = [];
      for (let count = 1; count <= 20; count += 1) {
        // A thin book: each order eats through dozens of levels.
        happens(quote({ time: T0 + count, bidQty: '0.001', askPrice: `50000.${count % 2 + 1}`, askQty: '0.001' }));
        const direction = count % 2 === 1 ? {} : { side: 'sell', reducing: true } as const;
        const order = accepted(await venue.place(marketOrder({ clientOrderId: `n${count}`, qty: qty('1.5'), ...direction })));
        perOrder.push(found(await venue.fillsOfOrder({ ...order })).length);
      }
      const fills = found(await venue.fillsSince('BTCUSDT', T0));
      expect(fills.length).toBeGreaterThan(1000);
      expect(fills).toHaveLength(perOrder.reduce((total, trades) => total + trades));
      expect(new Set(fills.map(({ tradeId }) => tradeId)).size).toBe(fills.length);
      expect(fills.map(({ filledAt }) => filledAt)).toEqual(fills.map(({ filledAt }) => filledAt).toSorted((a, b) => a - b));
    });

    test('include a liquidation', async () => {
      const { venue, happens } = use();
      const held = { symbol: 'BTCUSDT', time: T0 + 1 };
      happens(quote({ ...held, askQty: '5' }));
      await venue.place(marketOrder({ qty: qty('1.9') }));
      happens(mark({ time: T0 + 2, markPrice: '44000' }));
      const [liquidation] = found(await venue.fillsSince('BTCUSDT', T0 + 2));
      expect(liquidation && essence(liquidation)).toMatchObject({ side: 'sell', positionSide: 'long', qty: '1.9', price: '44000' });
      expect(found(await venue.positions())).toEqual([]);
    });

    test('go back further than a week', async () => {
      const { venue, happens } = use();
      const weeks = 3 * 7 * 86_400_000;
      happens(quote({ time: T0 + weeks }), mark({ time: T0 + weeks }));
      await venue.place(marketOrder({ armedAt: T0 + weeks }));
      expect(found(await venue.fillsSince('BTCUSDT', T0)).map((fill) => fill.price)).toEqual([price('50000.1')]);
    });

    test('of an unknown symbol, or when the call fails, are unavailable, never none', async () => {
      const { venue, lose } = use();
      expect((await venue.fillsSince('NOPEUSDT', T0)).kind).toBe('unavailable');
      lose('fillsSince', 'before');
      expect((await venue.fillsSince('BTCUSDT', T0)).kind).toBe('unavailable');
    });
  });
}
