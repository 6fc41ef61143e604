/** Every named step of the engine, ended in every shape, under every way of delivery: the end is always the same. */
import { describe, expect, test } from 'vitest';
import { STEP_NAMES } from '../../functions/src/app/step.ts';
import type { StepName } from '../../functions/src/app/step.ts';
import { CRASH_SHAPES } from '../support/engine/crash-plan.ts';
import type { CrashPoint, CrashShape } from '../support/engine/crash-plan.ts';
import { DELIVERY_MODES } from '../support/engine/deliveries.ts';
import type { DeliveryMode } from '../support/engine/deliveries.ts';
import { alerted } from '../support/engine/alert-story.ts';
import { learnedIn, learning } from '../support/engine/learning-story.ts';
import { endedEntry, flattened, flipped, madeByHand, roundTrip, signalledFromOutside, slicedEntry, stoppedOut, timedOut } from '../support/engine/stories.ts';
import type { Story, Told } from '../support/engine/stories.ts';

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

interface Undisturbed {
  readonly name: string;
  readonly story: Story;
  readonly told: Told;
}

const STORIES: readonly Undisturbed[] = [
  { name: 'the round trip', story: roundTrip, told: await roundTrip() },
  { name: 'the stop', story: stoppedOut, told: await stoppedOut() },
  { name: 'the flatten', story: flattened, told: await flattened() },
  { name: 'the time stop', story: timedOut, told: await timedOut() },
  { name: 'the flip', story: flipped, told: await flipped() },
  { name: 'what others do', story: madeByHand, told: await madeByHand() },
  { name: 'the outside signals', story: signalledFromOutside, told: await signalledFromOutside() },
  { name: 'the entry in slices', story: slicedEntry, told: await slicedEntry() },
  { name: 'the entry whose position is closed before its last slice', story: endedEntry, told: await endedEntry() },
  { name: 'the learning', story: learning, told: await learning() },
  { name: 'the alert', story: alerted, told: await alerted() },
];

/** The first story that passes the step. */
const storyOf = (step: StepName): Undisturbed | undefined => STORIES.find(({ told }) => told.world.crashes.reached.has(step));

describe.each(STORIES)('$name, undisturbed', ({ story, told }) => {
  test('keeps every promise and fails nowhere', () => {
    expect(told.broken).toEqual([]);
    expect(told.world.failures).toEqual([]);
  });

  test.each(DELIVERY_MODES)('comes to the same end when everything is %s', async (delivery) => {
    const { broken, result } = await story({ delivery });
    expect(broken).toEqual([]);
    expect(result).toEqual(told.result);
  });
});

describe('the learning story', () => {
  test('learns from every trade, its own included, and moves the router once', async () => {
    const { world } = await learning();
    expect(await learnedIn(world)).toEqual(['251 trades', 'BTCUSDT bias -0.025, offset 0.5 in 1 step']);
  });
});

describe('the stories', () => {
  test('pass every named step, so that every step has its crash cases', () => {
    expect(STEP_NAMES.filter((step) => storyOf(step) === undefined)).toEqual([]);
  });

  test('trade what they say', () => {
    expect(STORIES.map(({ told }) => told.result.fills.map((fill) => fill.split(' ').slice(-6).join(' ')).toSorted())).toEqual([
      ['buy 0.004 at 49999.9, fee 0.03999992', 'buy 0.004 at 50000.1, fee 0.1000002', 'sell 0.008 at 49999.9, fee 0.1999996'],
      ['buy 0.004 at 49999.9, fee 0.03999992', 'buy 0.004 at 50000.1, fee 0.1000002', 'sell 0.008 at 48899.9, fee 0.1955996'],
      ['buy 0.004 at 49999.9, fee 0.03999992', 'sell 0.004 at 49999.9, fee 0.0999998'],
      ['buy 0.004 at 49999.9, fee 0.03999992', 'buy 0.004 at 50000.1, fee 0.1000002', 'sell 0.008 at 49999.9, fee 0.1999996'],
      ['buy 0.004 at 49999.9, fee 0.03999992', 'buy 0.004 at 50000.1, fee 0.1000002', 'sell 0.002 at 50000.1, fee 0.02000004', 'sell 0.003 at 49999.9, fee 0.07499985', 'sell 0.008 at 49999.9, fee 0.1999996'],
      ['buy 0.008 at 50000.1, fee 0.2000004', 'sell 0.008 at 49999.9, fee 0.1999996'],
      ['buy 0.004 at 49999.9, fee 0.03999992', 'buy 0.004 at 50000.1, fee 0.1000002', 'sell 0.008 at 49999.9, fee 0.1999996'],
      ['buy 0.002 at 49999.9, fee 0.01999996', 'buy 0.003 at 49999.9, fee 0.02999994', 'buy 0.003 at 50000.1, fee 0.07500015'],
      ['buy 0.002 at 49999.9, fee 0.01999996', 'sell 0.002 at 49999.9, fee 0.0499999'],
      ['buy 0.004 at 49999.9, fee 0.03999992', 'buy 0.004 at 50000.1, fee 0.1000002', 'sell 0.008 at 49999.9, fee 0.1999996'],
      ['buy 0.004 at 49999.9, fee 0.03999992', 'buy 0.004 at 50000.1, fee 0.1000002', 'sell 0.008 at 49999.9, fee 0.1999996'],
    ]);
  });
});

const casesOf = (steps: readonly StepName[]) =>
  steps.flatMap((step) => CRASH_SHAPES.flatMap((shape) => DELIVERY_MODES.map((delivery) => ({ step, shape, delivery, title: titleOf(step, shape, delivery) }))));

const timesReached = (step: StepName): number => storyOf(step)?.told.world.crashes.reached.get(step) ?? 0;

/** What a crash leads to, beside what it should: at most one attempt is lost, everything else is as if nothing had been. */
async function crashed(crash: CrashPoint, delivery: DeliveryMode, of: Undisturbed | undefined = storyOf(crash.step)) {
  const { story = roundTrip, told } = of ?? {};
  const { world, records, broken, result } = await story({ crash, delivery });
  const lostAttempts = records.orders.filter((order) => order.status === 'absent').length;
  return {
    end: { fired: world.crashes.fired, broken, result, losesAtMostOne: lostAttempts <= 1, learned: await learnedIn(world) },
    expected: { fired: true, broken: [], result: told?.result, losesAtMostOne: true, learned: told === undefined ? [] : await learnedIn(told.world) },
  };
}

describe('the first time a step is reached', () => {
  test.each(casesOf(STEP_NAMES))('$title', async ({ step, shape, delivery }) => {
    const { end, expected } = await crashed({ step, shape, occurrence: 1 }, delivery);
    expect(end).toEqual(expected);
  });
});

describe('the last time a step is reached', () => {
  const repeated = STEP_NAMES.filter((step) => timesReached(step) > 1);
  test.each(casesOf(repeated))('$title', async ({ step, shape, delivery }) => {
    const { end, expected } = await crashed({ step, shape, occurrence: timesReached(step) }, delivery);
    expect(end).toEqual(expected);
  });
});

/** Sagas of several intents: every step that they pass, also those that other stories pass first. */
describe.each(STORIES.filter(({ name }) => name === 'the flip' || name === 'what others do'))('in $name', (of) => {
  const { reached } = of.told.world.crashes;
  test.each(casesOf([...reached.keys()]).filter(({ delivery }) => delivery === 'redelivered' || delivery === 'droppedOnFailure'))('$title', async ({ step, shape, delivery }) => {
    const { end, expected } = await crashed({ step, shape, occurrence: reached.get(step) ?? 1 }, delivery, of);
    expect(end).toEqual(expected);
  });
});

describe('every time a step of confirm is reached while an entry goes in slices', () => {
  const inSlices = STORIES.find(({ story }) => story === slicedEntry);
  const reached = [...(inSlices?.told.world.crashes.reached ?? [])].filter(([step]) => step.startsWith('confirm.'));
  const times = reached.flatMap(([step, count]) => Array.from({ length: count }, (_, index) => ({ step, occurrence: index + 1 })));
  const cases = times.flatMap((point) => CRASH_SHAPES.map((shape) => ({ ...point, shape, title: `a run ${SHAPE_TEXT[shape]} ${point.step} for the ${point.occurrence}. time changes nothing of the end` })));
  test.each(cases)('$title', async ({ step, shape, occurrence }) => {
    const { end, expected } = await crashed({ step, shape, occurrence }, 'droppedOnFailure', inSlices);
    expect(end).toEqual(expected);
  });
});

function titleOf(step: StepName, shape: CrashShape, delivery: DeliveryMode): string {
  return `a run ${SHAPE_TEXT[shape]} ${step} and ${DELIVERY_TEXT[delivery]} changes nothing of the end`;
}
