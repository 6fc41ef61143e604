import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, decimalOfInteger, isPositive, text } from '../../../functions/src/domain/money/decimal.ts';
import { quantizeQtyDown } from '../../../functions/src/domain/money/quantize.ts';
import { notional, price, qty } from '../../../functions/src/domain/money/units.ts';
import { isWorthSending, sliceDueAt, slicePlanOf, wantedQty } from '../../../functions/src/domain/routing/slices.ts';
import type { IntentRecord } from '../../../functions/src/schema/records/intent.ts';
import { anIntent } from '../../support/builders/an-intent.ts';
import { routing } from '../../support/builders/routing.ts';
import { anInstrument, NOW } from '../../unit/domain/risk/scenario.ts';
import { thousandths } from '../risk/arbitraries.ts';

const WORK_MS = 45_000;
const instrument = fc
  .record({ step: fc.constantFrom('0.001', '0.01', '0.1', '1'), minQty: fc.constantFrom('0.001', '0.15', '1', '2.5'), minNotional: fc.constantFrom('5', '100', '333.3') })
  .map(({ step, minQty, minNotional }) => anInstrument({ stepSize: decimal(step), minQty: qty(minQty), minNotional: notional(minNotional) }));
const given = fc.record({
  instrument,
  at: fc.integer({ min: 1, max: 50_000 }).map((tenths) => price((tenths / 10).toFixed(1))),
  wanted: thousandths(1, 90_000),
  lifeMs: fc.integer({ min: 1, max: 1_000_000 }),
  slices: fc.integer({ min: 2, max: 20 }),
  intervalMs: fc.integer({ min: 45_000, max: 200_000 }),
});

/** Intents of a quantity that the venue's grid holds, with their plan. */
const planned = given
  .map(({ wanted, lifeMs, slices, intervalMs, ...market }) => {
    const rules = routing({ slicing: { minNotional: decimal('10'), slices, intervalMs, workMs: WORK_MS } });
    const gridded = quantizeQtyDown(decimal(wanted), market.instrument.stepSize);
    const intent = anIntent({ qty: isPositive(gridded) ? text(gridded) : '1', expiresAt: NOW + lifeMs });
    return { ...market, slices, intent: { ...intent, slicePlan: slicePlanOf(intent, market.at, market.instrument, NOW, rules) } };
  })
  .filter(({ intent }) => intent.slicePlan !== null);

const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 20, maxLength: 20 });

/** Goes through all slices; each fills the given share of what it sends, on the grid. */
function sentBySlice(intent: IntentRecord, step: ReturnType<typeof decimal>, filledShares: readonly number[]): { readonly sent: readonly string[]; readonly executed: string } {
  let executed = decimal('0');
  const sent: string[] = [];
  const slices = intent.slicePlan?.slices ?? 1;
  for (let slice = 1; slice <= slices; slice += 1) {
    const now = { ...intent, executedQty: text(executed) };
    if (!isWorthSending(now, slice)) continue;
    const wanted = quantizeQtyDown(wantedQty(now, slice), step);
    sent.push(text(wanted));
    executed = executed.plus(quantizeQtyDown(wanted.times((filledShares[slice - 1] ?? 1).toFixed(6)), step));
  }
  return { sent, executed: text(executed) };
}

describe('slices, of any order in any market', () => {
  it('are each what the venue takes at the planned price, and start early enough to be worked', () => {
    let plans = 0;
    fc.assert(
      fc.property(planned, ({ instrument: of, at, slices, intent }) => {
        const plan = intent.slicePlan;
        if (plan === null) return;
        plans += 1;
        const last = decimal(intent.qty).minus(decimal(plan.sliceQty).times(decimalOfInteger(plan.slices - 1)));
        expect(plan.slices).toBeLessThanOrEqual(slices);
        for (const each of [decimal(plan.sliceQty), last]) {
          expect(each.gte(of.minQty) && each.times(at).gte(of.minNotional) && each.gte(plan.minQty)).toBe(true);
        }
        expect(sliceDueAt(intent, plan.slices) + WORK_MS).toBeLessThanOrEqual(intent.expiresAt);
      }),
      { numRuns: 500 },
    );
    expect(plans).toBe(500);
  });

  it('fill the whole quantity when each fills, and never ask for more than is left', () => {
    fc.assert(
      fc.property(planned, shares, ({ instrument: of, intent }, filledShares) => {
        expect(sentBySlice(intent, of.stepSize, filledShares.map(() => 1)).executed).toBe(intent.qty);
        const { executed } = sentBySlice(intent, of.stepSize, filledShares);
        expect(decimal(executed).lte(intent.qty)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('send nothing below the least, however they fill', () => {
    fc.assert(
      fc.property(planned, shares, ({ instrument: of, intent }, filledShares) => {
        const { sent } = sentBySlice(intent, of.stepSize, filledShares);
        const least = intent.slicePlan?.minQty ?? '0';
        expect(sent.filter((each) => decimal(each).lt(least))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
