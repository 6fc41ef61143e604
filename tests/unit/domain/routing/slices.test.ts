import { describe, expect, it } from 'vitest';
import type { Instrument } from '../../../../functions/src/domain/market/instrument.ts';
import { decimal, text } from '../../../../functions/src/domain/money/decimal.ts';
import { notional, price, qty } from '../../../../functions/src/domain/money/units.ts';
import type { SlicingRules } from '../../../../functions/src/domain/order/routing-rules.ts';
import { isWorthSending, sliceCount, sliceDueAt, slicePlanOf, wantedQty } from '../../../../functions/src/domain/routing/slices.ts';
import { slicePlan } from '../../../../functions/src/schema/records/intent.ts';
import type { IntentRecord, SlicePlan } from '../../../../functions/src/schema/records/intent.ts';
import { anExit, anIntent } from '../../../support/builders/an-intent.ts';
import { routing } from '../../../support/builders/routing.ts';
import { anInstrument, NOW } from '../risk/scenario.ts';

const SLICING: SlicingRules = { minNotional: decimal('400'), slices: 4, intervalMs: 60_000, workMs: 45_000 };
const lasting = (seconds: number): number => NOW + seconds * 1000;

interface Given {
  readonly intent?: Partial<IntentRecord>;
  readonly at?: string;
  readonly instrument?: Partial<Instrument>;
  readonly slicing?: Partial<SlicingRules> | null;
}

/** Of 5 at 100 with ten minutes to live. */
function plan({ intent = {}, at = '100', instrument = {}, slicing = {} }: Given = {}): SlicePlan | null {
  const rules = routing({ slicing: slicing === null ? null : { ...SLICING, ...slicing } });
  const result = slicePlanOf(anIntent({ expiresAt: lasting(600), ...intent }), price(at), anInstrument(instrument), NOW, rules);
  expect(slicePlan.nullable().parse(result)).toEqual(result);
  return result;
}

describe('slicePlanOf', () => {
  it('splits evenly, down to the step', () => {
    expect(plan()).toEqual({ slices: 4, sliceQty: '1.25', minQty: '0.055', intervalMs: 60_000 });
    expect(plan({ slicing: { slices: 3 } })).toMatchObject({ slices: 3, sliceQty: '1.666' });
  });

  it.each<[string, Given]>([
    ['config sends all at once', { slicing: null }],
    ['it is an exit', { intent: anExit({ expiresAt: lasting(600) }) }],
    ['its value is below the configured one', { at: '79.9' }],
    ['two slices would be too small', { instrument: { minQty: qty('2.501') } }],
    ['two slices would be below the minimum notional with room for a lower price', { instrument: { minNotional: notional('228') } }],
    ['there is no time for a second slice', { intent: { expiresAt: lasting(104.999) } }],
  ])('sends at once when %s', (_when, given) => {
    expect(plan(given)).toBeNull();
  });

  it.each<[string, Given, number]>([
    ['exactly the configured value', { at: '80' }, 4],
    ['time for exactly two', { intent: { expiresAt: lasting(105) } }, 2],
    ['time for almost four', { intent: { expiresAt: lasting(224.999) } }, 3],
    ['time for exactly four', { intent: { expiresAt: lasting(225) } }, 4],
    ['size for exactly two', { instrument: { minQty: qty('2.5') } }, 2],
    ['size for three by notional', { instrument: { minNotional: notional('150') } }, 3],
  ])('makes as many slices as there is %s', (_what, given, slices) => {
    expect(plan(given)?.slices).toBe(slices);
  });
});

const PLAN: SlicePlan = { slices: 3, sliceQty: '1.666', minQty: '0.5', intervalMs: 60_000 };
const inSlices = (changes: Partial<IntentRecord> = {}): IntentRecord => anIntent({ slicePlan: PLAN, ...changes });

describe('wantedQty', () => {
  it.each([
    ['of an intent that is not split, all that remains', anIntent({ executedQty: '2' }), 1, '3'],
    ['of the first slice', inSlices(), 1, '1.666'],
    ['of the first slice, half filled', inSlices({ executedQty: '0.8' }), 1, '0.866'],
    ['of the second slice, with what the first has left', inSlices({ executedQty: '0.8' }), 2, '2.532'],
    ['of the last slice, with what rounding has left', inSlices({ executedQty: '3.332' }), 3, '1.668'],
  ])('%s', (_title, intent, slice, wanted) => {
    expect(text(wantedQty(intent, slice))).toBe(wanted);
  });
});

describe('isWorthSending', () => {
  it.each([
    ['the least of a slice', inSlices({ executedQty: '1.166' }), 1, true],
    ['less than that', inSlices({ executedQty: '1.167' }), 1, false],
    ['anything of the last slice', inSlices({ executedQty: '4.999' }), 3, true],
    ['anything of an intent that is not split', anIntent({ executedQty: '4.999' }), 1, true],
    ['nothing', anIntent({ executedQty: '5' }), 1, false],
  ])('%s', (_title, intent, slice, isWorth) => {
    expect(isWorthSending(intent, slice)).toBe(isWorth);
  });
});

describe('the time of a slice', () => {
  it('counts from approval', () => {
    expect([1, 2, 3].map((slice) => sliceDueAt(inSlices(), slice) - NOW)).toEqual([0, 60_000, 120_000]);
    expect(sliceCount(inSlices())).toBe(3);
    expect(sliceCount(anIntent())).toBe(1);
  });
});
