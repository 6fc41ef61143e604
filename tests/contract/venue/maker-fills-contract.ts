import { describe, expect, test } from 'vitest';
import { price, qty } from '../../../functions/src/domain/money/units.ts';
import { T0, print, quote } from '../../unit/domain/matching/exchange-builder.ts';
import { accepted, essence, found, limitOrder } from './order-requests.ts';
import type { UseHarness } from './venue-contract.ts';
import type { MakerFills } from './venue-harness.ts';

const REF = { symbol: 'BTCUSDT', clientOrderId: 'pc-test-0-1' };

/** What a trade at its price does to a resting order: venues differ, and each has to be as it says. */
export function makerFillsContract(use: UseHarness, makerFills: MakerFills): void {
  describe(`a resting order whose price trades, with fills by ${makerFills}`, () => {
    if (makerFills === 'prints') byPrints(use);
    else byTradeThrough(use);
  });
}

function byPrints(use: UseHarness): void {
  test('fills in parts as maker, and a cancel keeps what was filled', async () => {
    const { venue, happens } = use();
    const { venueOrderId } = accepted(await venue.place(limitOrder({ at: '49999.9' })));
    // One BTC was displayed before us at our price.
    happens(print({ time: T0 + 1, qty: '1.04' }));
    expect(found(await venue.findOrder(REF))).toMatchObject({ status: 'partiallyFilled', executedQty: qty('0.04'), averagePrice: price('49999.9') });
    happens(print({ time: T0 + 2, qty: '0.01' }));
    expect(await venue.cancel(REF)).toMatchObject({ kind: 'canceled', order: { status: 'canceled', executedQty: qty('0.05') } });
    const fills = found(await venue.fillsOfOrder({ ...REF, venueOrderId }));
    expect(fills.map(essence)).toEqual([
      { side: 'buy', positionSide: 'long', qty: '0.04', price: '49999.9', fee: '0.3999992 USDT', realizedPnl: '0', isMaker: true },
      { side: 'buy', positionSide: 'long', qty: '0.01', price: '49999.9', fee: '0.0999998 USDT', realizedPnl: '0', isMaker: true },
    ]);
    expect(fills.map(({ filledAt }) => filledAt)).toEqual([T0 + 1, T0 + 2]);
    expect(fills.every((fill) => fill.venueOrderId === venueOrderId && fill.symbol === 'BTCUSDT')).toBe(true);
  });
}

function byTradeThrough(use: UseHarness): void {
  test('stays open however much trades at it, and fills whole once the market is through', async () => {
    const { venue, happens } = use();
    await venue.place(limitOrder({ at: '49999.9' }));
    happens(print({ time: T0 + 1, qty: '1000' }), quote({ time: T0 + 2, bidPrice: '49999.8', askPrice: '50000' }));
    expect(found(await venue.findOrder(REF))).toMatchObject({ status: 'new', executedQty: qty('0') });
    happens(quote({ time: T0 + 3, bidPrice: '49999.8', askPrice: '49999.9' }));
    expect(found(await venue.findOrder(REF))).toMatchObject({ status: 'filled', executedQty: qty('0.1') });
  });
}
