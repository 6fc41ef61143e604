import { describe, expect, test } from 'vitest';
import { qty } from '../../../functions/src/domain/money/units.ts';
import { T0, mark, quote } from '../../unit/domain/matching/exchange-builder.ts';
import { accepted, essence, found, marketOrder } from './order-requests.ts';
import { resting, stopLoss, takeProfit } from './stop-requests.ts';
import type { UseHarness } from './venue-contract.ts';

const STOP = { symbol: 'BTCUSDT', clientStopId: 'pc-stop-1' };
const SHORT = { side: 'sell', positionSide: 'short' } as const;

export function triggersContract(use: UseHarness): void {
  describe('when the mark price reaches a protective stop', () => {
    test('it closes the whole position; its order, fill and income are seen without an order of ours', async () => {
      const { venue, happens } = use();
      const entry = accepted(await venue.place(marketOrder()));
      resting(await venue.placeStop(stopLoss()));
      happens(quote({ time: T0 + 1, bidPrice: '48990', askPrice: '48990.2' }), mark({ time: T0 + 2, markPrice: '49000' }));

      expect(found(await venue.positions())).toEqual([]);
      expect(found(await venue.openStops())).toEqual([]);
      const stop = found(await venue.findStop(STOP));
      expect(stop).toMatchObject({ status: 'finished', createdAt: T0, updatedAt: T0 + 2 });
      expect(stop.venueOrderId).toMatch(/^8389765\d{12}$/);

      const fills = found(await venue.fillsSince('BTCUSDT', T0));
      expect(fills.map(({ venueOrderId, filledAt }) => [venueOrderId, filledAt])).toEqual([
        [entry.venueOrderId, T0],
        [stop.venueOrderId, T0 + 2],
      ]);
      expect(fills.map(essence)[1]).toEqual({
        side: 'sell', positionSide: 'long', qty: '0.1', price: '48990', fee: '2.4495 USDT', realizedPnl: '-101.01', isMaker: false,
      });
      expect(found(await venue.fillsOfOrder({ ...entry })).map(({ side }) => side)).toEqual(['buy']);
      expect((await venue.findOrder({ symbol: 'BTCUSDT', clientOrderId: STOP.clientStopId })).kind).toBe('absent');
      const income = found(await venue.incomeSince(T0 + 2)).map(({ kind, asset, amount }) => `${kind} ${amount.toFixed()} ${asset}`);
      expect(income).toEqual(['commission -2.4495 USDT', 'realizedPnl -101.01 USDT']);
    });

    test('it waits until the mark itself is there, whatever the book does', async () => {
      const { venue, happens } = use();
      await venue.place(marketOrder());
      await venue.placeStop(stopLoss());
      happens(quote({ time: T0 + 1, bidPrice: '48000', askPrice: '48000.2' }), mark({ time: T0 + 2, markPrice: '49000.1' }));
      expect(found(await venue.findStop(STOP)).status).toBe('working');
      expect(found(await venue.positions())).toHaveLength(1);
    });

    test('a take profit closes a short when the mark has fallen to it', async () => {
      const { venue, happens } = use();
      await venue.place(marketOrder(SHORT));
      resting(await venue.placeStop(takeProfit({ positionSide: 'short', at: '49000' })));
      happens(quote({ time: T0 + 1, bidPrice: '48999.7', askPrice: '48999.9' }), mark({ time: T0 + 2, markPrice: '49000' }));
      expect(found(await venue.positions())).toEqual([]);
      const [closing] = found(await venue.fillsSince('BTCUSDT', T0 + 1));
      expect(closing && essence(closing)).toMatchObject({ side: 'buy', positionSide: 'short', qty: '0.1', realizedPnl: '100' });
    });

    test('it closes what is held by then, not what was held when it was placed', async () => {
      const { venue, happens } = use();
      await venue.place(marketOrder());
      await venue.placeStop(stopLoss());
      await venue.place(marketOrder({ clientOrderId: 'more', qty: qty('0.05') }));
      happens(mark({ time: T0 + 1, markPrice: '49000' }));
      expect(found(await venue.positions())).toEqual([]);
      expect(found(await venue.fillsSince('BTCUSDT', T0 + 1)).map((fill) => fill.qty.toFixed())).toEqual(['0.15']);
    });

    test('it expires without an order when the position was closed before', async () => {
      const { venue, happens } = use();
      await venue.place(marketOrder());
      await venue.placeStop(stopLoss());
      await venue.place(marketOrder({ clientOrderId: 'exit', side: 'sell', reducing: true }));
      expect(found(await venue.openStops())).toHaveLength(1);
      happens(mark({ time: T0 + 1, markPrice: '49000' }));
      expect(found(await venue.findStop(STOP))).toMatchObject({ status: 'expired', venueOrderId: null });
      expect(found(await venue.fillsSince('BTCUSDT', T0 + 1))).toEqual([]);
    });

    test('it is unknown to cancel afterwards', async () => {
      const { venue, happens } = use();
      await venue.place(marketOrder());
      await venue.placeStop(stopLoss());
      happens(mark({ time: T0 + 1, markPrice: '49000' }));
      expect(await venue.cancelStop(STOP)).toEqual({ kind: 'unknownStop' });
    });

    test('the take profit beside it stays behind until it is cancelled', async () => {
      const { venue, happens } = use();
      await venue.place(marketOrder());
      await venue.placeStop(stopLoss());
      const { clientStopId } = resting(await venue.placeStop(takeProfit()));
      happens(mark({ time: T0 + 1, markPrice: '49000' }));
      expect(found(await venue.openStops()).map((stop) => stop.clientStopId)).toEqual([clientStopId]);
      expect(await venue.cancelStop({ symbol: 'BTCUSDT', clientStopId })).toEqual({ kind: 'canceled' });
    });

    test('a USDC position closes as a USDT one does, paid in USDC', async () => {
      const { venue, happens } = use();
      const symbol = 'BTCUSDC';
      await venue.place(marketOrder({ symbol }));
      resting(await venue.placeStop(stopLoss({ symbol })));
      happens(quote({ symbol, time: T0 + 1, bidPrice: '48990', askPrice: '48990.2' }), mark({ symbol, time: T0 + 2, markPrice: '49000' }));
      expect(found(await venue.positions())).toEqual([]);
      expect(found(await venue.findStop({ ...STOP, symbol })).status).toBe('finished');
      const [closing] = found(await venue.fillsSince(symbol, T0 + 1));
      expect(closing && essence(closing)).toMatchObject({ side: 'sell', positionSide: 'long', qty: '0.1', fee: '2.4495 USDC', realizedPnl: '-101.01' });
      const wallets = found(await venue.account()).balances.map(({ asset, walletBalance }) => `${walletBalance.toFixed()} ${asset}`);
      expect(wallets).toEqual(['10000 USDT', '9894.040495 USDC']);
    });
  });
}
