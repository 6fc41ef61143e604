/** A position whose strategy or symbol config closes to entries while it is open: its exits go on, and nothing is entered. */
import { describe, expect, test } from 'vitest';
import type { EngineConfig } from '../../../functions/src/schema/config/engine-config.ts';
import { FLIPS } from '../../../functions/src/schema/records/flip.ts';
import { TICKS } from '../../../functions/src/schema/records/tick.ts';
import { Desk, outsideEdits } from '../../support/engine/desk.ts';
import { testConfig } from '../../support/engine/engine-run.ts';
import { look } from '../../support/engine/one-intent.ts';
import { candlesWith } from '../../support/engine/scripted-market.ts';
import { ENTRY_AT, World } from '../../support/engine/world.ts';
import type { WorldOptions } from '../../support/engine/world.ts';
import { set, unset } from '../../unit/config/config-files.ts';
import type { Edit } from '../../unit/config/config-files.ts';

const MINUTE_MS = 60_000;
const FLIPPING = [set('strategies.json', ['strategies', 0, 'flip'], 'saga'), set('risk.json', ['cooldownSeconds'], 60)] as const;
const WITHOUT_BTC = [
  { symbol: 'ETHUSDT', tier: 'CORE', enabled: true, targetLeverage: 3, marginMode: 'cross', maxLeverage: 4 },
  { symbol: 'SOLUSDT', tier: 'SATELLITE', enabled: false, targetLeverage: 3, marginMode: 'cross', maxLeverage: 3 },
];

const CLOSED: readonly (readonly [string, string, readonly Edit[]])[] = [
  ['its symbol disabled', 'the symbol is not enabled in the universe', [set('universe.json', ['symbols', 0, 'enabled'], false)]],
  ['its strategy disabled', 'the strategy is not enabled', [set('strategies.json', ['strategies', 0, 'enabled'], false)]],
  ['its symbol out of the strategy\'s list', 'the strategy does not trade the symbol', [set('strategies.json', ['strategies', 0, 'symbols'], ['ETHUSDT'])]],
  ['its symbol out of the universe', 'the symbol is not enabled in the universe', [
    set('strategies.json', ['strategies', 0, 'symbols'], 'all'),
    set('universe.json', ['symbols'], WITHOUT_BTC),
    unset('risk.json', ['perSymbol', 'BTCUSDT']),
  ]],
];

const outside = (...edits: readonly Edit[]) => testConfig(...outsideEdits, ...edits);

/** Long from the dip on; redeployed before the next candle closes, and stretched to the other side in the one after that. */
async function redeployed(config: EngineConfig, closes: ReadonlyMap<number, number>, options: WorldOptions = {}) {
  const world = new World({ candles: candlesWith(new Map([[ENTRY_AT, 49_000], ...closes])), symbols: ['BTCUSDT', 'ETHUSDT'], config: testConfig(...FLIPPING), ...options });
  world.schedule('sync');
  const stop = world.schedule('screen');
  const redeployedAt = ENTRY_AT + 4.5 * MINUTE_MS;
  await world.time.runUntil(redeployedAt);
  world.redeploy(config);
  await world.time.runUntil(ENTRY_AT + 14 * MINUTE_MS);
  stop();
  await world.runUntilQuiet(world.time.now());
  const looked = await look(world);
  const decisions = (await world.store.query({ collection: TICKS, where: [], limit: 100 })).flatMap(({ data }) => (data.job === 'screen' && data.scheduledAt > redeployedAt ? data.decisions : []));
  return {
    broken: looked.broken,
    orders: looked.records.intents.filter(({ symbol }) => symbol === 'BTCUSDT').map(({ purpose, positionSide, status }) => `${purpose} ${positionSide} ${status}`).toSorted(),
    positions: looked.records.positions.filter(({ symbol }) => symbol === 'BTCUSDT').map(({ positionSide, qty }) => `${positionSide} ${qty}`),
    ofBtc: decisions.filter(({ symbol }) => symbol === 'BTCUSDT').map(({ outcome, reason }) => [outcome, reason]),
    flips: await world.store.query({ collection: FLIPS, where: [], limit: 9 }),
  };
}

describe.each(CLOSED)('a position redeployed with %s', (_title, why, edits) => {
  const config = testConfig(...FLIPPING, ...edits);
  const closed = ['close long settled', 'open long settled'];

  test('is closed by the signal of its strategy, and nothing is entered on the candles that follow', async () => {
    const { orders, positions, flips, ofBtc, broken } = await redeployed(config, new Map([[ENTRY_AT + 10 * MINUTE_MS, 48_000]]));
    expect([orders, positions, flips, broken]).toEqual([closed, ['long 0'], [], []]);
    expect(ofBtc).toEqual([['intent', null]]);
  });

  test('is closed and not turned by a signal for the other side', async () => {
    const { orders, positions, flips, ofBtc, broken } = await redeployed(config, new Map([[ENTRY_AT + 5 * MINUTE_MS, 52_000]]));
    expect([orders, positions, flips, broken]).toEqual([closed, ['long 0'], [], []]);
    expect(ofBtc).toEqual([['intent', `no flip: ${why}`]]);
  });
});

/** Entered by a signal from outside and redeployed; then another entry is sent, and the exit. */
async function answersAfter(config: EngineConfig) {
  const world = new World({ config: outside() });
  const desk = new Desk();
  const signal = async (id: string, action: string) => {
    const body = { id, strategy: 'zscore-5m', symbol: 'BTCUSDT', action, positionSide: 'long', at: world.time.now() };
    const answer = await desk.ingest(world.deps(), body);
    await world.time.runUntil(world.time.now() + MINUTE_MS);
    return [answer.status, Reflect.get(Object(answer.body), 'outcome') ?? Reflect.get(Object(Reflect.get(Object(answer.body), 'error')), 'code')];
  };
  world.schedule('sync');
  await world.time.runUntil(ENTRY_AT);
  await signal('in', 'enter');
  world.redeploy(config);
  const told = [await signal('again', 'enter'), await signal('out', 'exit')];
  const { records } = await look(world);
  return { told, orders: records.intents.map(({ purpose, status, executedQty }) => `${purpose} ${status} ${executedQty}`).toSorted() };
}

describe('an outside exit of a position', () => {
  const closed = ['close settled 0.008', 'open settled 0.008'];

  test.each(CLOSED)('redeployed with %s is taken, and an entry is not', async (_title, _why, edits) => {
    expect(await answersAfter(outside(...edits))).toEqual({ told: [[404, 'not_found'], [200, 'intent']], orders: closed });
  });

  test('has no size, so that no bound of strength refuses it', async () => {
    const config = outside(set('strategies.json', ['strategies', 0, 'params', 'maxStrength'], 0.5));
    expect(await answersAfter(config)).toEqual({ told: [[400, 'invalid_body'], [200, 'intent']], orders: closed });
  });
});

test('a held symbol without candles keeps no other from being decided', async () => {
  const blind = candlesWith(new Map([[ENTRY_AT, 49_000]]));
  let isDelisted = false;
  const candles: typeof blind = (symbol, ...rest) => (symbol === 'BTCUSDT' && isDelisted ? null : blind(symbol, ...rest));
  const world = new World({ candles, symbols: ['BTCUSDT', 'ETHUSDT'] });
  world.schedule('sync');
  world.schedule('screen');
  await world.time.runUntil(ENTRY_AT + 4.5 * MINUTE_MS);
  isDelisted = true;
  world.redeploy(testConfig(set('strategies.json', ['strategies', 0, 'symbols'], ['ETHUSDT'])));
  await world.time.runUntil(ENTRY_AT + 5.5 * MINUTE_MS);
  const ticks = (await world.store.query({ collection: TICKS, where: [], limit: 100 })).map(({ data }) => data).filter(({ job, scheduledAt }) => job === 'screen' && scheduledAt === ENTRY_AT + 5 * MINUTE_MS);
  expect(ticks.map(({ decisions }) => decisions.map(({ symbol, outcome }) => [symbol, outcome]))).toEqual([[['ETHUSDT', 'noSignal'], ['BTCUSDT', 'skipped']]]);
});
