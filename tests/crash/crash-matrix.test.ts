/** Every named step of the engine, ended in every shape, under every way of delivery: the end is always the same. */
import { describe, expect, test } from 'vitest';
import { STEP_NAMES } from '../../functions/src/app/step.ts';
import type { StepName } from '../../functions/src/app/step.ts';
import { CRASH_SHAPES } from '../support/engine/crash-plan.ts';
import type { CrashShape } from '../support/engine/crash-plan.ts';
import { DELIVERY_MODES } from '../support/engine/deliveries.ts';
import type { DeliveryMode } from '../support/engine/deliveries.ts';
import { roundTrip } from '../support/engine/round-trip.ts';

const SHAPE_TEXT: Readonly<Record<CrashShape, string>> = {
  before: 'killed before',
  after: 'killed after',
  lost: 'that loses the result of',
};

const DELIVERY_TEXT: Readonly<Record<DeliveryMode, string>> = {
  redelivered: 'delivered again',
  droppedOnFailure: 'left to the sweep',
  twice: 'delivered twice',
  concurrently: 'delivered twice at once',
};

const undisturbed = await roundTrip();

describe('the undisturbed round trip', () => {
  test('keeps every promise and fails nowhere', () => {
    expect(undisturbed.broken).toEqual([]);
    expect(undisturbed.world.failures).toEqual([]);
  });

  test('passes every named step, so that every step has its crash cases', () => {
    expect([...undisturbed.world.crashes.reached.keys()].toSorted()).toEqual([...STEP_NAMES].toSorted());
  });

  test('rests, fills by half, takes the rest and closes', () => {
    expect(undisturbed.result.venueOrders.map((order) => order.split(' ').slice(1).join(' '))).toEqual(
      ['taker 0.008 at 49950 filled 0.008', 'maker 0.008 at 49999.9 canceled 0.004', 'taker 0.004 at 50050.1 filled 0.004'],
    );
  });

  test.each(DELIVERY_MODES)('comes to the same end when everything is %s', async (delivery) => {
    const { broken, result } = await roundTrip({ delivery });
    expect(broken).toEqual([]);
    expect(result).toEqual(undisturbed.result);
  });
});

const cases = STEP_NAMES.flatMap((step) => CRASH_SHAPES.flatMap((shape) => DELIVERY_MODES.map((delivery) => ({ step, shape, delivery }))));

describe.each(['first', 'last'] as const)('a crash at the %s time a step is reached', (which) => {
  test.each(cases.map((one) => ({ ...one, title: titleOf(one) })))('$title', async ({ step, shape, delivery }) => {
    const occurrence = which === 'first' ? 1 : undisturbed.world.crashes.reached.get(step) ?? 1;
    const { world, records, broken, result } = await roundTrip({ crash: { step, shape, occurrence }, delivery });
    expect(world.crashes.fired).toBe(true);
    expect(broken).toEqual([]);
    expect(result).toEqual(undisturbed.result);
    expect(records.orders.filter((order) => order.status === 'absent').length).toBeLessThanOrEqual(1);
  });
});

function titleOf({ step, shape, delivery }: { readonly step: StepName; readonly shape: CrashShape; readonly delivery: DeliveryMode }): string {
  return `a run ${SHAPE_TEXT[shape]} ${step} and ${DELIVERY_TEXT[delivery]} changes nothing of the end`;
}
