/** A shadow beside the whole engine: what it records of each signal, and that it changes nothing. */
import { describe, expect, test } from 'vitest';
import { learn } from '../../../functions/src/app/learn/learn.ts';
import type { EngineConfig } from '../../../functions/src/schema/config/engine-config.ts';
import type { FeatureFlags } from '../../../functions/src/schema/feature-flags.ts';
import { COMPARE_SUMMARY, COMPARE_SUMMARY_ID, SHADOW } from '../../../functions/src/schema/records/shadow.ts';
import type { ShadowPair } from '../../../functions/src/schema/records/shadow.ts';
import { testConfig } from '../../support/engine/engine-run.ts';
import { told } from '../../support/engine/stories.ts';
import { ENTRY_AT, World } from '../../support/engine/world.ts';
import type { WorldOptions } from '../../support/engine/world.ts';
import { set } from '../../unit/config/config-files.ts';

const MINUTE_MS = 60_000;
const BOTH: Partial<FeatureFlags> = { riskEngineShadow: true, pipelineShadow: true };
const ALIKE = testConfig();

/** A signal enters, another exits five minutes later. */
async function traded(options: WorldOptions) {
  const world = new World(options);
  world.schedule('sync');
  const stop = world.schedule('screen');
  await world.time.runUntil(ENTRY_AT + 6 * MINUTE_MS);
  stop();
  await world.runUntilQuiet(world.time.now());
  const story = await told(world);
  expect(story.broken).toEqual([]);
  const records = await world.store.query({ collection: SHADOW, where: [], limit: 50 });
  return { ...story, pairs: records.flatMap(({ data }) => data.pairs) };
}

const judgedBy = async (shadow: EngineConfig, flags = BOTH) => traded({ shadow, flags });
const textOf = ({ outcome, codes }: ShadowPair['live']): string => [outcome, ...codes].join(' ');

describe('a shadow', () => {
  test('that judges by the same configuration agrees with every decision, and changes no order', async () => {
    const off = await traded({});
    const on = await judgedBy(ALIKE);
    expect(on.result).toEqual(off.result);
    expect(on.pairs.map(({ action, live, riskEngine, pipeline }) => ({ action, riskEngine, pipeline, same: [live, live] }))).toEqual(
      on.pairs.map(({ action, live }) => ({ action, riskEngine: live, pipeline: live, same: [live, live] })),
    );
    expect(on.pairs.map(({ action }) => action)).toEqual(['enter', 'exit']);
  });

  test('names each pair as the intent that came of it', async () => {
    const { pairs, records } = await judgedBy(ALIKE);
    expect(pairs.map(({ intentId }) => intentId).toSorted()).toEqual(records.intents.map(({ intentId }) => intentId).toSorted());
  });

  test('of a tighter cap refuses the live order, sizes its own under it, and holds back neither entry nor exit', async () => {
    const { pairs, records } = await judgedBy(testConfig(set('risk.json', ['maxTradeNavPct'], 3)));
    const [entry, exit] = pairs;
    expect(entry === undefined ? null : [textOf(entry.live), entry.riskEngine?.codes, entry.pipeline?.outcome]).toEqual(['intent', ['trade_gt_max_trade_nav_pct'], 'intent']);
    expect(Number(entry?.pipeline?.notionalUsd)).toBeLessThanOrEqual(300);
    expect(exit === undefined ? null : [textOf(exit.live), exit.riskEngine?.outcome, exit.pipeline?.outcome]).toEqual(['intent', 'intent', 'intent']);
    expect(records.fills).not.toEqual([]);
  });

  test('of smaller sizes says so in the whole decision; the live order before its limits keeps its size', async () => {
    const { pairs: [entry] } = await judgedBy(testConfig(set('strategies.json', ['strategies', 0, 'sizing', 'maxNotionalUsd'], 400)));
    expect(entry?.riskEngine?.notionalUsd).toBe(entry?.live.notionalUsd);
    expect(Number(entry?.live.notionalUsd)).toBeGreaterThan(400);
    expect(Number(entry?.pipeline?.notionalUsd)).toBeLessThanOrEqual(400);
  });

  test('without the strategy has nothing to say about its entries, and closes what it holds', async () => {
    const { pairs: [entry, exit] } = await judgedBy(testConfig(set('strategies.json', ['strategies', 0, 'enabled'], false)));
    expect(entry?.pipeline).toEqual({ outcome: 'absent', reason: null, codes: [], notionalUsd: null });
    expect([exit?.action, exit?.pipeline]).toEqual(['exit', exit?.live]);
  });

  test.each([
    [{ riskEngineShadow: true }, { riskEngine: 'intent', pipeline: undefined, route: undefined }],
    [{ pipelineShadow: true }, { riskEngine: undefined, pipeline: 'intent', route: 'maker' }],
  ])('judges what its flag says: %j', async (flags, expected) => {
    const { pairs: [entry] } = await judgedBy(ALIKE, flags);
    expect({ riskEngine: entry?.riskEngine?.outcome, pipeline: entry?.pipeline?.outcome, route: entry?.route?.leg }).toEqual(expected);
  });

  test('that is off reads and writes nothing', async () => {
    const { world } = await traded({});
    await world.invoke((deps) => learn(deps, world.time.now()));
    const steps = [...world.crashes.reached.keys()].filter((step) => step.includes('shadow') || step.includes('compare'));
    expect(steps).toEqual([]);
    expect((await world.store.get({ summary: { collection: COMPARE_SUMMARY, id: COMPARE_SUMMARY_ID } })).summary).toBeNull();
  });

  test('is summed up by learn, as a warm-up until there are enough signals', async () => {
    const { world } = await judgedBy(testConfig(set('strategies.json', ['strategies', 0, 'sizing', 'maxNotionalUsd'], 400)));
    await world.invoke((deps) => learn(deps, world.time.now()));
    const { summary } = await world.store.get({ summary: { collection: COMPARE_SUMMARY, id: COMPARE_SUMMARY_ID } });
    expect(summary).toMatchObject({ riskEngine: { samples: 2, isWarmup: true, mismatchPct: 0 }, pipeline: { samples: 2, mismatchPct: 0, sizeDeltaPct: { samples: 2 }, slippageDeltaBps: { samples: 2, mean: 0 } } });
    expect(summary?.pipeline.sizeDeltaPct.mean).toBeLessThan(0);
  });
});
