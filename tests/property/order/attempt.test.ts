import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal } from '../../../functions/src/domain/money/decimal.ts';
import { price } from '../../../functions/src/domain/money/units.ts';
import { buildAttempt } from '../../../functions/src/domain/order/build-attempt.ts';
import { aPolicy } from '../../support/builders/a-policy.ts';
import { routing } from '../../support/builders/routing.ts';
import { anInstrument, aQuote, NOW } from '../../unit/domain/risk/scenario.ts';
import { thousandths } from '../risk/arbitraries.ts';
import { intent } from './arbitraries.ts';

const quote = fc.tuple(fc.integer({ min: 10, max: 5000 }), fc.integer({ min: -2, max: 30 })).map(([bid, spread]) =>
  aQuote({ bid: price((bid / 10).toFixed(1)), ask: price((Math.max(1, bid + spread) / 10).toFixed(1)) }),
);
const attemptRules = fc.record({ takerCollarBps: fc.constantFrom(0.5, 3.3, 10, 100) }).map(routing);
const offsetBps = fc.double({ min: 0, max: 100, noNaN: true });

describe('an attempt, in any market', () => {
  it('rests at or behind the best price of its side, on the tick and short of the other side', () => {
    fc.assert(
      fc.property(intent, quote, attemptRules, offsetBps, (of, market, by, offset) => {
        const built = buildAttempt({ ...of, policy: aPolicy({ offsetBps: offset }) }, { leg: 'maker', slice: 1, wanted: decimal('5') }, anInstrument(), market, NOW, by);
        if (built.kind === 'unbuildable') return;
        const at = decimal(built.order.price ?? '0');
        const [own, other] = of.side === 'buy' ? [market.bid, market.ask] : [market.ask, market.bid];
        expect(of.side === 'buy' ? at.lte(own) && at.lt(other) : at.gte(own) && at.gt(other)).toBe(true);
        expect(built.order.price).toMatch(/^\d+(\.\d)?$/);
      }),
    );
  });

  it('never takes at a price worse than the collar, nor more than is wanted', () => {
    fc.assert(
      fc.property(intent, quote, attemptRules, thousandths(1, 9000), (of, market, by, wanted) => {
        const built = buildAttempt(of, { leg: 'taker', slice: 1, wanted: decimal(wanted) }, anInstrument(), market, NOW, by);
        if (built.kind === 'unbuildable') return;
        expect(decimal(built.order.qty).lte(wanted)).toBe(true);
        if (built.order.price === null) return;
        const best = of.side === 'buy' ? market.ask : market.bid;
        const slack = best.times(String(by.takerCollarBps)).times('0.0001');
        expect(of.side === 'buy' ? best.plus(slack).gte(built.order.price) : best.minus(slack).lte(built.order.price)).toBe(true);
      }),
    );
  });
});
