/** From routes to the policy of the next order: what has been learned is followed, forgotten and learned anew. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { learnRouter } from '../../../functions/src/app/learn/learn-router.ts';
import { learn } from '../../../functions/src/app/learn/learn.ts';
import { collection } from '../../../functions/src/schema/collection.ts';
import { ROUTES } from '../../../functions/src/schema/records/route-record.ts';
import type { RoutingPolicy } from '../../../functions/src/schema/records/route-record.ts';
import { ROUTER_METRICS } from '../../../functions/src/schema/records/router-bucket.ts';
import { ROUTER_HEALTH, ROUTER_HEALTH_ID } from '../../../functions/src/schema/records/router-health.ts';
import type { RouterHealth } from '../../../functions/src/schema/records/router-health.ts';
import { expectancyOf } from '../../../functions/src/domain/learning/expectancy.ts';
import { expectancyStateOf } from '../../../functions/src/domain/learning/expectancy-state.ts';
import { talliedWindow } from '../../../functions/src/domain/learning/learning-days.ts';
import { tallyOf, tallyOfTrade } from '../../../functions/src/domain/learning/trade-tally.ts';
import type { FeatureFlags } from '../../../functions/src/schema/feature-flags.ts';
import { EXPECTANCY_STATE, EXPECTANCY_STATE_ID } from '../../../functions/src/schema/records/expectancy-state.ts';
import type { Expectancy } from '../../../functions/src/schema/records/expectancy-state.ts';
import { aRoute, aTrade } from '../../support/builders/a-trade.ts';
import { testConfig } from '../../support/engine/engine-run.ts';
import { attempts, look, syncedWorld, workOff } from '../../support/engine/one-intent.ts';
import { anExit, anIntent, plant } from '../../support/engine/planted-intent.ts';
import type { MakerFills } from '../../support/engine/scripted-market.ts';
import type { World } from '../../support/engine/world.ts';
import { set } from '../../unit/config/config-files.ts';
import { routeOf } from '../../../functions/src/domain/routing/route-of.ts';
import { aPolicy } from '../../support/builders/a-policy.ts';
import { anEndedAttempt, anIntent as aWorkedIntent } from '../../support/builders/an-intent.ts';

const HOUR_MS = 3_600_000;

/** Six maker starts are the whole memory and four are enough to judge; a round trip every few minutes is allowed. */
const config = testConfig(
  set('router.json', ['health', 'minSamples'], 4),
  set('router.json', ['health', 'windowRoutes'], 6),
  set('router.json', ['health', 'degradedProbeOneIn'], 2),
  set('router.json', ['health', 'brokenProbeOneIn'], 3),
  set('risk.json', ['cooldownSeconds'], 0),
  set('risk.json', ['maxTradesPerSymbolPerHour'], 100),
);

/** The job, as its schedule runs it: its routes are those that orders left. */
async function learnedByJob(world: World): Promise<RouterHealth> {
  await world.invoke((deps) => learn(deps, world.time.now()));
  return storedHealth(world);
}

/** The part of the job that reads routes, at a time of the test's choice. */
async function learnedAt(world: World, asOf: number): Promise<RouterHealth> {
  let learned: RouterHealth | null = null;
  await world.invoke(async (deps) => {
    learned = await learnRouter(deps, asOf);
  });
  const health = await storedHealth(world);
  expect(health).toEqual(learned);
  return health;
}

async function storedHealth(world: World): Promise<RouterHealth> {
  const { health } = await world.store.get({ health: { collection: ROUTER_HEALTH, id: ROUTER_HEALTH_ID } });
  if (health === null) throw new Error('learning left no health');
  return health;
}

interface Cycle {
  readonly policy: RoutingPolicy | null;
  /** Of the entry, in order: `maker canceled 0` and the like. */
  readonly entry: readonly string[];
  /** Learned after it. */
  readonly quality: string | undefined;
}

/** Enters, exits, and learns from it. */
async function cycle(world: World): Promise<Cycle> {
  const createdAt = world.time.now();
  const intent = anIntent({ createdAt });
  const { records } = await workOff(world, intent);
  const orders = records.orders.filter((order) => order.intentId === intent.intentId).toSorted((a, b) => a.attempt - b.attempt);
  await workOff(world, anExit({ createdAt: world.time.now() }));
  const health = await learnedByJob(world);
  return {
    policy: records.attribution.find((record) => record.intentId === intent.intentId)?.policy ?? null,
    entry: orders.map((order) => `${order.leg} ${order.status} ${order.executedQty}`),
    quality: health.symbols['BTCUSDT']?.quality,
  };
}

/** Until the quality learned is this one, for at most 40 cycles. */
async function until(quality: string, world: World): Promise<readonly Cycle[]> {
  const cycles: Cycle[] = [];
  while (cycles.at(-1)?.quality !== quality) {
    if (cycles.length === 40) throw new Error(`never ${quality}: ${cycles.map((past) => past.quality).join(', ')}`);
    cycles.push(await cycle(world));
  }
  return cycles;
}

const isTaken = ({ entry }: Cycle): boolean => entry.length === 1 && entry[0] === 'taker filled 0.008';
const isProbe = ({ policy }: Cycle): boolean => policy?.reason.endsWith('; probe') === true;
const withoutRepeats = (values: readonly (string | undefined)[]): readonly (string | undefined)[] => values.filter((value, index) => value !== values[index - 1]);

describe('the router', () => {
  test('stops resting when makers starve, keeps probing, and rests again when they recover', async () => {
    let share: MakerFills['share'] = '1';
    const makerFills: MakerFills = {
      get share() {
        return share;
      },
      afterMs: 3000,
    };
    const world = await syncedWorld({ config, makerFills });

    const filled = await until('good', world);
    expect(withoutRepeats(filled.map(({ quality }) => quality))).toEqual(['insufficient_data', 'ok', 'good']);
    expect(filled[0]).toMatchObject({ policy: { source: 'config' }, entry: ['maker filled 0.008'] });

    share = '0';
    const starving = await until('broken', world);
    expect(withoutRepeats(starving.map(({ quality }) => quality))).toEqual(['good', 'ok', 'degraded', 'broken']);
    expect(starving[0]).toMatchObject({ policy: { takerBias: 'prefer_maker', source: 'routerHealth' }, entry: ['maker canceled 0', 'maker canceled 0', 'taker filled 0.008'] });
    const degraded = starving.filter(({ policy }) => policy?.quality === 'degraded');
    expect(degraded.map(isTaken)).toEqual(degraded.map((past) => !isProbe(past)));
    expect(degraded.some(isProbe)).toBe(true);

    share = '1';
    const recovering = await until('good', world);
    expect(withoutRepeats(recovering.map(({ quality }) => quality))).toEqual(['broken', 'degraded', 'ok', 'good'].slice(recovering[0]?.quality === 'broken' ? 0 : 1));
    const broken = recovering.filter(({ policy }) => policy?.quality === 'broken' && !policy.reason.endsWith('; probe'));
    expect(broken.every(({ policy }) => policy?.makerFirst === false)).toBe(true);
    expect(broken.every(isTaken)).toBe(true);

    const last = await cycle(world);
    expect(last).toMatchObject({ policy: { quality: 'good', makerFirst: true }, entry: ['maker filled 0.008'] });
    expect((await look(world)).broken).toEqual([]);
  });

  test('follows config while health is stale', async () => {
    const world = await syncedWorld({ config });
    await until('ok', world);
    await world.time.runUntil(world.time.now() + 4 * HOUR_MS);
    const { records } = await workOff(world, anIntent({ createdAt: world.time.now() }));
    expect(records.intents.toSorted((a, b) => b.createdAt - a.createdAt)[0]?.policy).toMatchObject({ source: 'config', reason: 'router health is too old' });
  });

  test('trades on when its health cannot be read, and learning mends it', async () => {
    const world = await syncedWorld({ config, makerFills: { share: '1', afterMs: 3000 } });
    await world.store.commit((writer) => writer.set(collection('state', 1, z.object({ junk: z.string() })), ROUTER_HEALTH_ID, { junk: 'left by another version' }));
    const intent = anIntent({ createdAt: world.time.now() });
    await plant(world.store, intent);
    await world.bus.publish('order-intents', [{ intentId: intent.intentId }]);
    await world.runUntilQuiet(world.time.now());
    expect(world.logLines.some((line) => line.includes('state/router_health'))).toBe(true);
    expect((await learnedByJob(world)).symbols['BTCUSDT']).toMatchObject({ samples: 1 });
    const worked = await look(world);
    expect(attempts(worked)).toEqual(['maker filled 0.008']);
    expect(worked.records.intents[0]?.policy).toMatchObject({ source: 'config' });
    expect(worked.broken).toEqual([]);
  });
});

/** Routes of one fallback each, at these times. */
async function plantRoutes(world: World, endedAt: readonly number[]): Promise<void> {
  for (const [index, at] of endedAt.entries()) {
    const intent = aWorkedIntent({ intentId: `planted-${at}-${index}`, policy: aPolicy(), endedAttempts: [anEndedAttempt({ status: 'canceled' }), anEndedAttempt({ leg: 'taker', status: 'filled' })], executedQty: '5', executedQuoteUsd: '500' });
    await world.store.commit((writer) => writer.set(ROUTES, intent.intentId, routeOf(intent, 'settled', at, 30 * 24 * HOUR_MS)));
  }
}

async function buckets(world: World): Promise<readonly string[]> {
  const found = await world.store.query({ collection: ROUTER_METRICS, where: [], limit: 300 });
  return found.map(({ id, data }) => `${id}: ${data.summary}`);
}

describe('learning from routes', () => {
  test('folds them into hours, and a repeated run changes nothing', async () => {
    const world = await syncedWorld({ config });
    const hour = world.time.now() - (world.time.now() % HOUR_MS);
    await plantRoutes(world, [hour - 2 * HOUR_MS, hour - 1, hour, hour + 1]);
    const once = await learnedAt(world, hour + 60_000);
    expect(once.symbols['BTCUSDT']).toMatchObject({ samples: 4, fallbackRatio: 1, quality: 'broken' });
    expect(once.summary).toBe('broken: BTCUSDT; insufficient_data: ETHUSDT, SOLUSDT');
    expect(await buckets(world)).toEqual(['20260115-10: 1 routes, 1 after a fallback', '20260115-11: 1 routes, 1 after a fallback', '20260115-12: 2 routes, 2 after a fallback']);
    expect(await learnedAt(world, hour + 60_000)).toEqual(once);
    expect(await buckets(world)).toHaveLength(3);
  });

  test('reads what is new and what came late, and remembers the rest by its hours', async () => {
    const world = await syncedWorld({ config: testConfig(set('router.json', ['health', 'minSamples'], 4)) });
    const hour = world.time.now() - (world.time.now() % HOUR_MS);
    await plantRoutes(world, [hour - 3 * HOUR_MS, hour - 2 * HOUR_MS]);
    await learnedAt(world, hour);
    const routes = await world.store.query({ collection: ROUTES, where: [], limit: 10 });
    await world.store.commit((writer) => {
      for (const { id } of routes) writer.delete(ROUTES, id);
    });
    await plantRoutes(world, [hour - 30_000, hour + 5000]);
    expect((await learnedAt(world, hour + 10_000)).symbols['BTCUSDT']).toMatchObject({ samples: 4 });
  });

  test('takes a long backlog in several runs, none of which writes more than its share', async () => {
    const world = await syncedWorld({ config: testConfig() });
    const hour = world.time.now() - (world.time.now() % HOUR_MS);
    await plantRoutes(world, Array.from({ length: 30 }, (_, index) => hour - (30 - index) * HOUR_MS));
    const written: number[] = [];
    for (let run = 1; run <= 11; run += 1) {
      const { routesReadUntilAt, symbols } = await learnedAt(world, hour);
      written.push((await buckets(world)).length);
      expect(symbols['BTCUSDT']?.samples).toBe(written.at(-1));
      expect(routesReadUntilAt).toBe(run < 10 ? hour - (30 - (written.at(-1) ?? 0)) * HOUR_MS : hour);
    }
    expect(written).toEqual([4, 7, 10, 13, 16, 19, 22, 25, 28, 30, 30]);
  });

  test('forgets what has left the window', async () => {
    const world = await syncedWorld({ config });
    const hour = world.time.now() - (world.time.now() % HOUR_MS);
    await plantRoutes(world, Array.from({ length: 4 }, (_, index) => hour + index));
    expect((await learnedAt(world, hour + 1000)).symbols['BTCUSDT']?.quality).toBe('broken');
    const later = await learnedAt(world, hour + 7 * 24 * HOUR_MS + 4);
    expect(later.symbols['BTCUSDT']).toMatchObject({ samples: 0, quality: 'insufficient_data', makerFirst: true });
  });
});

/** What is learned of the offset at noon, when that hour's trades have come to this. */
async function offsetIn(change: Partial<Expectancy>, ageMinutes = 0, flags: Partial<FeatureFlags> = { intel: true }): Promise<number | undefined> {
  const world = await syncedWorld({ config: testConfig(set('router.json', ['makerOffsetBps'], 1)), flags });
  const now = world.time.now();
  const hour = { ...expectancyOf(tallyOf(Array.from({ length: 200 }, () => tallyOfTrade(aTrade()))), 200), ...change };
  await world.store.commit((writer) => {
    writer.set(EXPECTANCY_STATE, EXPECTANCY_STATE_ID, { ...expectancyStateOf(talliedWindow([]), { minSamples: 200, lookbackDays: 30 }, now - ageMinutes * 60_000), byHourUtc: { '12': hour } });
    for (let index = 0; index < 20; index += 1) writer.set(ROUTES, `past-${index}`, aRoute({ intentId: `past-${index}`, route: 'mixed', makerQty: '0.01', slippageBps: 2, endedAt: now - 1 }));
  });
  return (await learnedAt(world, now)).symbols['BTCUSDT']?.offsetBps;
}

describe('the hour in which a router learns', () => {
  test.each([
    ['earned: orders rest closer', {}, 0, 0.8],
    ['lost: orders rest further away', { expectancyUsd: -1 }, 0, 1.2],
    ['has too few trades: nothing follows', { isWarmup: true }, 0, 1],
    ['was learned too long ago: nothing follows', {}, 46, 1],
  ])('%s', async (_what, change, ageMinutes, offsetBps) => {
    expect(await offsetIn(change, ageMinutes)).toBe(offsetBps);
  });

  test('changes nothing while its flag is off', async () => {
    expect(await offsetIn({}, 0, {})).toBe(1);
  });
});
