import { beforeEach, describe, expect, test } from 'vitest';
import type { PositionMode } from '../../../functions/src/domain/account/account.ts';
import type { AlgoRequest } from '../../../functions/src/domain/matching/algo-request.ts';
import { T0, market } from '../../unit/domain/matching/exchange-builder.ts';
import { essence, found, marketOrder } from './order-requests.ts';
import { resting, stopLoss, takeProfit } from './stop-requests.ts';
import type { UseHarness } from './venue-contract.ts';
import type { SharedAccountHarness } from './venue-harness.ts';

/** What a person does to the account at the same venue, in its app or with another program. */
export function byHandContract(use: UseHarness<SharedAccountHarness>, mode: PositionMode): void {
  const isHedge = mode === 'hedge';
  const whole: AlgoRequest = {
    symbol: 'BTCUSDT',
    side: 'SELL',
    type: 'STOP_MARKET',
    positionSide: isHedge ? 'LONG' : undefined,
    triggerPrice: '48000',
    workingType: 'MARK_PRICE',
    closePosition: true,
  };
  const sized: AlgoRequest = { ...whole, closePosition: undefined, quantity: '0.1', reduceOnly: isHedge ? undefined : true };
  const close = market({ side: 'SELL', positionSide: isHedge ? 'LONG' : undefined, reduceOnly: isHedge ? undefined : true });

  describe('what somebody else does to a position of ours', () => {
    beforeEach(async () => {
      await use().venue.place(marketOrder());
    });

    test.each<[string, AlgoRequest, string | null]>([
      ['a stop with a quantity', sized, '48000'],
      ['a stop at the last price', { ...whole, workingType: 'CONTRACT_PRICE' }, '48000'],
      ['a trailing stop', { ...sized, type: 'TRAILING_STOP_MARKET', triggerPrice: undefined, callbackRate: '1' }, null],
    ])('%s is listed beside our stop as another kind', async (_name, request, triggerPrice) => {
      const { venue, byHand } = use();
      byHand('placeAlgo', { ...request, clientAlgoId: 'by-hand' });
      const ours = resting(await venue.placeStop(takeProfit()));
      const [foreign, ...others] = found(await venue.openStops());
      expect(foreign).toMatchObject({ clientStopId: 'by-hand', kind: 'other', positionSide: 'long', status: 'working' });
      expect(foreign?.triggerPrice?.toFixed() ?? null).toBe(triggerPrice);
      expect(others).toEqual([ours]);
    });

    test('a conditional order that opens names the side it would open', async () => {
      const { venue, byHand } = use();
      byHand('placeAlgo', { ...sized, positionSide: isHedge ? 'SHORT' : undefined, reduceOnly: undefined });
      expect(found(await venue.openStops())).toMatchObject([{ kind: 'other', positionSide: 'short' }]);
    });

    test('a stop like ours protects like ours and takes its place', async () => {
      const { venue, byHand } = use();
      byHand('placeAlgo', { ...whole, clientAlgoId: 'by-hand' });
      expect(found(await venue.openStops())).toMatchObject([{ clientStopId: 'by-hand', kind: 'stopLoss', positionSide: 'long' }]);
      expect(await venue.placeStop(stopLoss())).toMatchObject({ kind: 'rejected', code: 'stopExists' });
      expect(await venue.cancelStop({ symbol: 'BTCUSDT', clientStopId: 'by-hand' })).toEqual({ kind: 'canceled' });
      expect((await venue.placeStop(stopLoss())).kind).toBe('accepted');
    });

    test('a close is seen as a fill of our position side', async () => {
      const { venue, byHand } = use();
      byHand('placeOrder', close);
      expect(found(await venue.fillsSince('BTCUSDT', T0)).map(essence)[1]).toMatchObject({ side: 'sell', positionSide: 'long', qty: '0.1' });
      expect(found(await venue.positions())).toEqual([]);
    });

    test('a sale that does not say it reduces is what its order claims: in one-way mode it opens a short, though it nets the long', async () => {
      const { venue, byHand } = use();
      byHand('placeOrder', { ...close, reduceOnly: undefined });
      const sale = { side: 'sell', positionSide: isHedge ? 'long' : 'short', realizedPnl: '-0.02' };
      expect(found(await venue.fillsSince('BTCUSDT', T0)).map(essence)[1]).toMatchObject(sale);
      expect(found(await venue.positions())).toEqual([]);
    });
  });
}
