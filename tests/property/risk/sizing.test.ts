import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, divide, text } from '../../../functions/src/domain/money/decimal.ts';
import { notional, price, qty } from '../../../functions/src/domain/money/units.ts';
import { finalOrder } from '../../../functions/src/domain/sizing/final-order.ts';
import { sizeOrder } from '../../../functions/src/domain/sizing/size-order.ts';
import { anInstrument, anOrder, aSnapshot, codesOf } from '../../unit/domain/risk/scenario.ts';
import { account, nav, positionSide, riskLimits, sideOf, thousandths } from './arbitraries.ts';

const step = fc.constantFrom('0.001', '0.01', '0.5', '1', '7');
const instrument = fc
  .record({ step, minQty: fc.constantFrom('0', '0.001', '1'), minNotional: fc.constantFrom('0', '5', '100'), tick: fc.constantFrom('0.001', '0.1', '5') })
  .map((filters) => anInstrument({ stepSize: decimal(filters.step), minQty: qty(filters.minQty), minNotional: notional(filters.minNotional), tickSize: decimal(filters.tick) }));

/** Floors within reach: otherwise there is seldom room for an order at all. */
const mildConfig = riskLimits.map((risk) => ({ risk: { ...risk, minNotionalUsd: (risk.minNotionalUsd ?? 0) / 10 } }));

/** Refusals by the size of the order; sizing knows all of them and must forestall them. */
const SIZE_CODES = [
  'below_min_notional', 'symbol_order_cap', 'trade_gt_equity_cap', 'trade_gt_max_trade_nav_pct', 'symbol_exposure_cap', 'tier_cap',
  'gross_exposure_cap', 'insufficient_margin', 'invalid_input',
];

describe('sizing', () => {
  it('never rounds an order above its size, and always onto the grid', () => {
    fc.assert(
      fc.property(thousandths(0, 10_000_000), thousandths(1, 100_000_000), instrument, (size, at, filters) => {
        const order = finalOrder(notional(size), price(at), filters);
        expect(order.notionalUsd.lte(size)).toBe(true);
        expect(order.qty.plus(filters.stepSize).times(at).gt(size)).toBe(true);
        expect(text(divide(order.qty, filters.stepSize, 0, 'down').times(filters.stepSize))).toBe(text(order.qty));
      }),
      { numRuns: 500 },
    );
  });

  it('never gives an order that the gate refuses for its size, under any config and in any account', () => {
    let sized = 0;
    let upsized = 0;
    fc.assert(
      fc.property(mildConfig, account, nav, instrument, positionSide, fc.double({ min: 0.01, max: 200, noNaN: true }), fc.double({ min: -1, max: 3, noNaN: true }), (anyConfig, risk, ofNav, filters, side, atr, strength) => {
        const scenario = { config: anyConfig, risk, nav: ofNav, snapshot: { instrument: filters } };
        const sizing = sizeOrder(aSnapshot(scenario), {
          intentId: 'mine', symbol: 'BTCUSDT', positionSide: side, referencePrice: price('100'), floorPrice: price('100'), leverage: 2, atr, strength, multipliers: [],
          strategy: { name: 'any', volTargetBps: 25, minNotionalUsd: 5, maxNotionalUsd: 5000 },
        });
        if (sizing.kind === 'abstained') return;
        sized += 1;
        if (sizing.record.outcome === 'upsize') upsized += 1;
        const order = anOrder({ positionSide: side, side: sideOf(side, 'open'), qty: text(sizing.order.qty), price: text(sizing.order.price), leverage: 2 });
        expect(codesOf({ ...scenario, order }).filter((code) => SIZE_CODES.includes(code))).toEqual([]);
      }),
      { numRuns: 500 },
    );
    expect([sized > 50, upsized > 5]).toEqual([true, true]);
  });
});
