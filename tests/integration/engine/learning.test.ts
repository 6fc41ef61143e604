/** Learning in the whole engine: what it writes, what of it reaches orders and only with its flag, and what a repeat changes. */
import { describe, expect, test } from 'vitest';
import type { EngineDeps } from '../../../functions/src/app/engine-deps.ts';
import { learnRouter } from '../../../functions/src/app/learn/learn-router.ts';
import { learn } from '../../../functions/src/app/learn/learn.ts';
import { screen } from '../../../functions/src/app/screen/screen.ts';
import { sync } from '../../../functions/src/app/sync/sync.ts';
import type { Collection } from '../../../functions/src/schema/collection.ts';
import type { FeatureFlags } from '../../../functions/src/schema/feature-flags.ts';
import { EXPECTANCY_STATE } from '../../../functions/src/schema/records/expectancy-state.ts';
import { LEARNED_HEALTH } from '../../../functions/src/schema/records/learned-health.ts';
import { LEARNING_DAYS } from '../../../functions/src/schema/records/learning-day.ts';
import { LEARNING_STATE } from '../../../functions/src/schema/records/learning-state.ts';
import { RISK_ALLOCATION } from '../../../functions/src/schema/records/risk-allocation.ts';
import { ROUTER_APPLIED } from '../../../functions/src/schema/records/router-applied.ts';
import { ROUTES } from '../../../functions/src/schema/records/route-record.ts';
import { SYMBOL_SCORES } from '../../../functions/src/schema/records/symbol-scores.ts';
import { TRADES } from '../../../functions/src/schema/records/trade.ts';
import { aRoute, idOf } from '../../support/builders/a-trade.ts';
import { testConfig } from '../../support/engine/engine-run.ts';
import { pastRoutes, pastTrades, plantRoutes, plantTrades } from '../../support/engine/planted-trades.ts';
import { readRecords } from '../../support/engine/records.ts';
import { resultOf } from '../../support/engine/stories.ts';
import { ENTRY_AT, START, World } from '../../support/engine/world.ts';
import type { WorldOptions } from '../../support/engine/world.ts';
import { set } from '../../unit/config/config-files.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const ALL_ON: FeatureFlags = { intel: true, riskEngineShadow: false, pipelineShadow: false, routerAutotune: true, feedbackAllocator: true, routerAutotuneApply: true };

/** Losing more often than not, by changing amounts: a Sharpe ratio of about -0.5. */
const LOSING = pastTrades(250, START, (index) => ({ netUsd: index % 3 === 0 ? 5 : -7 + (index % 2) }));

async function stateOf<T>(world: World, collection: Collection<T>, id: string): Promise<T | null> {
  const { record } = await world.store.get({ record: { collection, id } });
  return record;
}

async function worldWith(options: WorldOptions): Promise<World> {
  const world = new World({ config: testConfig(set('intel.json', ['apply', 'symbols'], ['BTCUSDT'])), ...options });
  await plantTrades(world.store, LOSING);
  await plantRoutes(world.store, pastRoutes(250, START));
  return world;
}

const learnRoutes = async (deps: EngineDeps): Promise<void> => void (await learnRouter(deps, START));

/** Learns, from routes alone if so told, then enters and exits as a signal says. */
async function traded(flags: Partial<FeatureFlags>, learns = true, options: WorldOptions = {}) {
  const world = await worldWith({ flags, ...options });
  await world.invoke((deps) => sync(deps, START - MINUTE_MS));
  await world.invoke((deps) => (learns ? learn(deps, START) : learnRoutes(deps)));
  world.schedule('sync');
  const stop = world.schedule('screen');
  await world.time.runUntil(ENTRY_AT + 6 * MINUTE_MS);
  stop();
  await world.runUntilQuiet(world.time.now());
  const records = await readRecords(world.store);
  return { world, records, result: resultOf(records), entry: records.attribution.find(({ purpose }) => purpose === 'open') };
}

describe('with all flags off', () => {
  test('orders are those of an engine that learned from its routes alone, and nothing learned is written', async () => {
    const [without, off] = [await traded({}, false), await traded({})];
    expect(off.result).toEqual(without.result);
    expect(off.records.intents).toEqual(without.records.intents);
    expect(off.entry?.sizing?.multipliers).toEqual([]);
    expect(await stateOf(off.world, EXPECTANCY_STATE, 'expectancy')).toBeNull();
    expect(await stateOf(off.world, SYMBOL_SCORES, 'symbol_scores')).toBeNull();
    expect(await stateOf(off.world, RISK_ALLOCATION, 'risk_allocation')).toBeNull();
    expect(await stateOf(off.world, ROUTER_APPLIED, 'router_applied')).toBeNull();
  });
});

describe('with its flag on', () => {
  test('a losing symbol trades less, within the bounds, and the attribution says why', async () => {
    const [off, on] = [await traded({}), await traded({ intel: true })];
    const scores = await stateOf(on.world, SYMBOL_SCORES, 'symbol_scores');
    const factor = scores?.symbols['BTCUSDT']?.sizeFactor ?? Number.NaN;
    expect(factor > 0.5 && factor < 1).toBe(true);
    expect(on.entry?.sizing?.multipliers).toMatchObject([{ name: 'symbol_score', factor, samples: 250, beforeUsd: off.entry?.sizing?.suggestedUsd }]);
    expect(on.entry?.sizing?.suggestedUsd).toBe(off.entry?.sizing?.suggestedUsd);
    expect(Number(on.entry?.approvedQty)).toBeLessThan(Number(off.entry?.approvedQty));
    expect(Number(on.entry?.approvedQty)).toBeGreaterThan(0);
  });

  test('a strategy that asks for it does not enter the losing symbol', async () => {
    const config = testConfig(set('strategies.json', ['strategies', 0, 'entryFilters', 'expectancy'], { minSymbolBps: 0, minHourBps: null }));
    const [off, on] = [await traded({}, true, { config }), await traded({ intel: true }, true, { config })];
    expect(off.records.intents.length).toBeGreaterThan(0);
    expect(on.records.intents).toEqual([]);
  });

  test('the allocator holds back while its record is missing, and that is logged once per change', async () => {
    const { world, entry } = await traded({ feedbackAllocator: true }, false);
    expect(entry?.sizing?.multipliers).toMatchObject([{ name: 'risk_allocation', factor: 0.85, source: 'state/risk_allocation, missing: cautious' }]);
    const turns = () => world.logLines.filter((line) => line.includes('state/risk_allocation is')).map((line) => line.split(':')[0]);
    expect(turns()).toEqual(['WARNING state/risk_allocation is missing']);
    const at = world.time.now();
    await world.invoke((deps) => sync(deps, at));
    await world.invoke((deps) => learn(deps, at));
    for (const minute of [1, 2, 90, 91]) {
      await world.time.runUntil(at + minute * MINUTE_MS);
      await world.invoke((deps) => screen(deps, at + minute * MINUTE_MS));
    }
    expect(turns().slice(1)).toEqual(['INFO state/risk_allocation is fresh', 'WARNING state/risk_allocation is stale']);
    expect(await stateOf(world, LEARNED_HEALTH, 'learned_health')).toMatchObject({ allocation: 'stale', sinceAt: at + 90 * MINUTE_MS });
  });
});

describe('a run of learn', () => {
  test('sums results up by day, symbol, hour and regime, and says in one line what it learned', async () => {
    const world = await worldWith({ flags: ALL_ON });
    await plantTrades(world.store, LOSING.slice(-1).map((trade) => ({ ...trade, intentIds: ['entry'] })));
    await world.store.commit((writer) => writer.set(ROUTES, 'entry', aRoute({ intentId: 'entry' })));
    await world.invoke((deps) => sync(deps, START - MINUTE_MS));
    await world.invoke((deps) => learn(deps, START));
    const expectancy = await stateOf(world, EXPECTANCY_STATE, 'expectancy');
    const net = LOSING.reduce((sum, { netPnlUsd }) => sum + Number(netPnlUsd), 0);
    expect(expectancy).toMatchObject({ samples: 250, isWarmup: false, warmupReason: null });
    expect(expectancy?.bySymbol['BTCUSDT']?.expectancyUsd).toBeCloseTo(net / 250, 9);
    expect(expectancy?.bySymbol['BTCUSDT']?.expectancyBps).toBeCloseTo(net / 25, 9);
    expect(Object.keys(expectancy?.byHourUtc ?? {})).toHaveLength(24);
    expect(expectancy?.byRegime['maker_success']?.samples).toBe(1);
    expect(expectancy?.byRegime['unrouted']?.samples).toBe(249);
    expect(await stateOf(world, RISK_ALLOCATION, 'risk_allocation')).toMatchObject({ riskMode: 'normal' });
    expect(world.logLines.some((line) => line.includes('learn: flags on: intel, routerAutotune'))).toBe(true);
  });

  test('a day at a time: what changed late is summed up again, and nothing is counted twice', async () => {
    const world = await worldWith({ flags: { intel: true } });
    // Days of the window before those that a run sums up wait for the runs after it.
    for (let run = 0; run < 16; run += 1) await world.invoke((deps) => learn(deps, START + run * MINUTE_MS));
    expect(await stateOf(world, LEARNING_STATE, 'learning')).toMatchObject({ pendingDays: [] });
    const days = await world.store.query({ collection: LEARNING_DAYS, where: [], limit: 100 });
    expect(days).toHaveLength(31);
    await world.time.runUntil(START + HOUR_MS / 2);
    await world.invoke((deps) => learn(deps, START + HOUR_MS / 2));
    await world.time.runUntil(START + HOUR_MS);
    const [first] = LOSING;
    if (first === undefined) throw new Error('there are no trades');
    await world.store.commit((writer) => writer.set(TRADES, idOf(first), { ...first, fundingUsd: '-100', netPnlUsd: '-95' }));
    await world.invoke((deps) => learn(deps, START + HOUR_MS));
    expect(await stateOf(world, EXPECTANCY_STATE, 'expectancy')).toMatchObject({ samples: 250, overall: { fundingUsd: -100 } });
    const rebuilt = await world.store.query({ collection: LEARNING_DAYS, where: [{ field: 'computedAt', op: '>=', value: START + HOUR_MS }], limit: 100 });
    expect(rebuilt.map(({ id }) => id)).toEqual(['20260113']);
  });

  test('moves the router one step at a time, however often and at once it runs', async () => {
    const world = await worldWith({ flags: ALL_ON });
    await world.invoke((deps) => sync(deps, START - MINUTE_MS));
    await Promise.all([0, 0, 1].map((minute) => world.invoke((deps) => learn(deps, START + minute * MINUTE_MS))));
    await world.invoke((deps) => learn(deps, START + 2 * MINUTE_MS));
    const applied = await stateOf(world, ROUTER_APPLIED, 'router_applied');
    expect(applied?.symbols['BTCUSDT']).toMatchObject({ biasShift: 0.05, offsetShiftBps: 0.5, stepsOnDay: 1 });
    expect(applied?.refusals['BTCUSDT']).toBe('less than 6 hours since the last change');
  });
});
