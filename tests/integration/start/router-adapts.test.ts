/**
 * Makers starve, fallbacks rise, then makers recover: the functions as they are deployed, scheduled and woken by the host of
 * `npm start`, over the real clients of Firestore, Pub/Sub and the venue. Nothing is planted: signals, orders, routes, health
 * and the policy of the next order all come out of the market. What the functions told of their cost is held against the server's own count.
 */
import { deleteApp, getApps } from 'firebase-admin/app';
import { beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../../functions/src/compose/open-store.ts';
import type { AttributionRecord } from '../../../functions/src/schema/records/attribution.ts';
import { COST_STATE, COST_STATE_ID } from '../../../functions/src/schema/records/cost-state.ts';
import type { CostState } from '../../../functions/src/schema/records/cost-state.ts';
import { TICKS } from '../../../functions/src/schema/records/tick.ts';
import type { TickRecord } from '../../../functions/src/schema/records/tick.ts';
import type { Counts } from '../../../local/firestore/counters.ts';
import { openDataFolder } from '../../../local/host/data-folder.ts';
import { runEngine } from '../../../local/host/run-engine.ts';
import { brokenPromises } from '../../support/engine/broken-promises.ts';
import { dryingMarket } from '../../support/engine/drying-market.ts';
import { readRecords } from '../../support/engine/records.ts';
import type { EngineRecords } from '../../support/engine/records.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { edited, set } from '../../unit/config/config-files.ts';

const MINUTE_MS = 60_000;
const START = Date.UTC(2026, 0, 15, 8);
const CYCLE_MS = 4 * MINUTE_MS;
const SYMBOLS = ['BTCUSDT', 'ETHUSDT'];
/** Dips of which each is an entry and an exit: some while all flows, some while BTCUSDT is dry, the rest after it. */
const [DRIES_AFTER, FLOWS_AFTER, CYCLES] = [8, 27, 38];

const [DRIES_AT, FLOWS_AT] = [START + DRIES_AFTER * CYCLE_MS, START + FLOWS_AFTER * CYCLE_MS];

/** Six maker starts are the whole memory and four are enough to judge; learn looks after every round trip. */
const files = edited(
  set('router.json', ['health', 'minSamples'], 4),
  set('router.json', ['health', 'windowRoutes'], 6),
  set('router.json', ['health', 'degradedProbeOneIn'], 2),
  set('router.json', ['health', 'brokenProbeOneIn'], 3),
  set('router.json', ['makerRestSeconds'], 10),
  set('risk.json', ['cooldownSeconds'], 0),
  set('risk.json', ['maxTradesPerSymbolPerHour'], 100),
  set('runtime.json', ['schedules', 'learn'], '3-59/4 * * * *'),
  set('strategies.json', ['strategies', 0, 'timeframe'], '1m'),
  set('strategies.json', ['strategies', 0, 'symbols'], SYMBOLS),
  set('strategies.json', ['strategies', 0, 'params'], { lookback: 8, entryZ: 1.5, exitZ: 0.3 }),
);

let records: EngineRecords;
let broken: readonly string[];
let ticks: readonly TickRecord[];
let cost: CostState | null;
let served: Counts;
const errors: string[] = [];

beforeAll(async () => {
  await using cleanUp = new AsyncDisposableStack();
  // Two minutes more, for the exit of the last.
  const untilAt = START + CYCLES * CYCLE_MS + 2 * MINUTE_MS;
  const { stack } = await runEngine({
    market: dryingMarket({ startAt: START, dipEveryMs: CYCLE_MS, dipping: SYMBOLS, drying: 'BTCUSDT', driesAt: DRIES_AT, flowsAgainAt: FLOWS_AT }),
    data: openDataFolder(await temporaryFolder(cleanUp)),
    state: { seed: 'drying', market: null, symbols: SYMBOLS, startAt: START, nowAt: START, boots: 1 },
    untilAt,
    configText: (name) => files[name] ?? null,
    port: null,
    pace: 0,
    logSink: (severity, message) => {
      if (severity === 'ERROR') errors.push(message);
    },
    onMinute: () => undefined,
  });
  cleanUp.defer(() => stack.close());
  cleanUp.defer(async () => void (await Promise.all(getApps().map((app) => deleteApp(app)))));
  served = stack.firestore.counters();
  const store = await openStore('test');
  records = await readRecords(store);
  ticks = (await store.query({ collection: TICKS, where: [], limit: 10_000 })).map(({ data }) => data);
  ({ cost } = await store.get({ cost: { collection: COST_STATE, id: COST_STATE_ID } }));
  broken = brokenPromises(records, stack.venue.core.state);
}, 180_000);

/** In the order of their time. */
function entries(symbol: string): readonly AttributionRecord[] {
  return records.attribution.filter((record) => record.symbol === symbol && record.purpose === 'open').toSorted((a, b) => a.createdAt - b.createdAt);
}

const attempts = ({ attempts: of }: AttributionRecord): string => of.map(({ leg, status }) => `${leg} ${status}`).join(', ');
const isProbe = ({ policy }: AttributionRecord): boolean => policy?.reason.endsWith('; probe') === true;
const followed = (quality: string): readonly AttributionRecord[] => entries('BTCUSDT').filter((entry) => entry.policy?.quality === quality && !isProbe(entry));
const qualities = (symbol: string): readonly (string | undefined)[] => entries(symbol).map(({ policy }) => policy?.quality).filter((quality, index, all) => quality !== all[index - 1]);

describe('on the local stack', () => {
  test('the policy of orders goes down with their makers and comes back with them', () => {
    expect(entries('BTCUSDT')).toHaveLength(CYCLES);
    expect(qualities('BTCUSDT')).toEqual(['insufficient_data', 'ok', 'good', 'ok', 'degraded', 'broken', 'degraded', 'ok', 'good']);
  });

  test('a symbol whose makers never starve rests all along', () => {
    expect(qualities('ETHUSDT')).toEqual(['insufficient_data', 'ok', 'good']);
    expect(entries('ETHUSDT').map(attempts)).toEqual(Array.from({ length: CYCLES }, () => 'maker filled'));
  });

  test('good rests twice before it takes, degraded takes, broken has the maker off', () => {
    const starving = followed('good').filter((entry) => attempts(entry) !== 'maker filled');
    expect(starving.map(attempts)).toEqual(['maker canceled, maker canceled, taker filled', 'maker canceled, maker canceled, taker filled']);
    expect(followed('degraded').map(({ policy }) => policy)).toEqual(followed('degraded').map(() => expect.objectContaining({ takerBias: 'prefer_taker', source: 'routerHealth' })));
    expect(followed('broken').map(({ policy }) => policy)).toEqual(followed('broken').map(() => expect.objectContaining({ makerFirst: false, source: 'routerHealth' })));
    const taken = [...followed('degraded'), ...followed('broken')].map(attempts);
    expect(taken.length).toBeGreaterThan(5);
    expect(new Set(taken)).toEqual(new Set(['taker filled']));
  });

  test('probes go on resting, and it is they that find the makers back', () => {
    const probes = entries('BTCUSDT').filter(isProbe).map((entry) => ({ dry: entry.createdAt < FLOWS_AT, attempts: attempts(entry) }));
    expect(probes.filter(({ dry }) => dry).map((probe) => probe.attempts)).toContain('maker canceled, taker filled');
    expect(new Set(probes.filter(({ dry }) => !dry).map((probe) => probe.attempts))).toEqual(new Set(['maker filled']));
    expect(attempts(entries('BTCUSDT').at(-1) ?? never())).toBe('maker filled');
  });

  test('the state that is left in Firestore says so, and every book agrees with the venue', () => {
    expect(records.routerHealth?.symbols['BTCUSDT']).toMatchObject({ quality: 'good', makerFirst: true, takerBias: 'prefer_maker', fallbackRatio: 0 });
    expect(records.routes).toHaveLength(4 * CYCLES);
    expect(broken).toEqual([]);
    expect(errors).toEqual([]);
  });

  test('every function has told what it cost, which together is what Firestore was asked for', () => {
    expect(Object.keys(cost?.byJob ?? {}).toSorted()).toEqual(['confirm', 'execute', 'learn', 'screen', 'sync']);
    const told = [...ticks.map((tick) => tick.cost), ...records.intents.flatMap(({ costs }) => Object.values(costs))];
    const sum = (of: 'documentsRead' | 'documentsWritten' | 'documentsDeleted'): number => told.reduce((total, one) => total + (one?.[of] ?? Number.NaN), 0);
    const asked = [served.reads, served.writes, served.deletes];
    const shares = [sum('documentsRead'), sum('documentsWritten'), sum('documentsDeleted')].map((amount, index) => amount / (asked[index] ?? Number.NaN));
    // Not told: what came after the last record of each function, and the look whether the run has come to rest.
    for (const share of shares) {
      expect(share).toBeLessThanOrEqual(1);
      expect(share).toBeGreaterThan(0.97);
    }
  });
});

function never(): never {
  throw new Error('nothing was traded');
}
