/** Leverage and margin mode are what config wants before the first entry; what the engine may not change stops entries alone. */
import { describe, expect, test } from 'vitest';
import { execute } from '../../../functions/src/app/orders/execute.ts';
import { sync } from '../../../functions/src/app/sync/sync.ts';
import type { CommandArguments, CommandName } from '../../../functions/src/domain/matching/commands.ts';
import type { EngineDeps } from '../../../functions/src/app/engine-deps.ts';
import { MARKETS } from '../../../functions/src/schema/records/market-metadata.ts';
import { VENUE_SETTINGS, VENUE_SETTINGS_ID } from '../../../functions/src/schema/records/venue-settings.ts';
import { anIntent, plant } from '../../support/engine/planted-intent.ts';
import { readRecords } from '../../support/engine/records.ts';
import { START, World } from '../../support/engine/world.ts';
import { must } from '../../unit/domain/matching/exchange-builder.ts';

const MINUTE = 60_000;

function byHand<Name extends CommandName>(world: World, name: Name, argument: CommandArguments[Name]): void {
  must(world.exchange.execute(name, argument, world.time.now()));
}

const recordOf = async (world: World) => (await world.store.get({ settings: { collection: VENUE_SETTINGS, id: VENUE_SETTINGS_ID } })).settings;

const marketsOf = async (world: World) => (await world.store.get({ markets: { collection: MARKETS, id: 'binance-usdm' } })).markets;

/** An entry planted now, judged at once: the codes that refuse it. */
async function entryNow(world: World): Promise<readonly string[]> {
  const intent = anIntent({ createdAt: world.time.now() });
  await plant(world.store, intent);
  await execute(world.deps(), intent);
  const judged = (await readRecords(world.store)).intents.find(({ intentId }) => intentId === intent.intentId);
  return judged?.vetoes.map(({ code }) => code) ?? [];
}

describe('the first sync', () => {
  test('sets every symbol as config wants it, and reads again what is set', async () => {
    const world = new World();
    byHand(world, 'setLeverage', { symbol: 'BTCUSDT', leverage: 50 });
    byHand(world, 'setMarginType', { symbol: 'ETHUSDT', marginType: 'ISOLATED' });
    await sync(world.deps(), START);
    expect(world.exchange.state.settings).toEqual(Object.fromEntries(['BTCUSDT', 'ETHUSDT', 'SOLUSDT'].map((symbol) => [symbol, { leverage: 3, marginType: 'CROSSED' }])));
    expect(await recordOf(world)).toMatchObject({ asWanted: true, summary: '3 symbols are set as config wants' });
    expect(await entryNow(world)).toEqual([]);
  });

  test('that cannot set the leverage leaves entries refused, with the reason, until a later one can', async () => {
    let overloaded = true;
    const world = new World({ venueFault: (call, phase) => (call === 'setLeverage' && phase === 'before' && overloaded ? 'error' : 'none') });
    byHand(world, 'setLeverage', { symbol: 'BTCUSDT', leverage: 50 });
    await sync(world.deps(), START);
    expect((await recordOf(world))?.refusals).toContain('BTCUSDT leverage: setLeverage: the exchange is overloaded');
    expect(await entryNow(world)).toEqual(['venue_settings_mismatch']);
    overloaded = false;
    await world.time.runUntil(START + MINUTE);
    await sync(world.deps(), START + MINUTE);
    expect(await entryNow(world)).toEqual([]);
  });

  test('changes nothing while orders are not allowed', async () => {
    const world = new World();
    byHand(world, 'setLeverage', { symbol: 'BTCUSDT', leverage: 50 });
    const deps: EngineDeps = { ...world.deps(), orderGate: { kind: 'closed', reason: 'no key' } };
    await sync(deps, START);
    expect(world.exchange.state.settings['BTCUSDT']).toEqual({ leverage: 50, marginType: 'CROSSED' });
    expect(await recordOf(world)).toMatchObject({ asWanted: false });
  });
});

describe('what only an operator may change', () => {
  test('stops entries and says which key wants what', async () => {
    const world = new World();
    byHand(world, 'setPositionMode', { mode: 'one-way' });
    await sync(world.deps(), START);
    expect(world.exchange.state.positionMode).toBe('one-way');
    expect((await recordOf(world))?.summary).toContain('BTCUSDT is oneWay at the venue, runtime.json:venueSettings.positionMode wants hedge');
    expect(await entryNow(world)).toEqual(['venue_settings_mismatch']);
  });
});

describe('a position mode changed at the venue', () => {
  test.each([
    ['one-way', 'oneWay', 'hedge', 'hedge'],
    ['hedge', 'hedge', 'one-way', 'oneWay'],
  ] as const)('from %s is what the records go by after the next sync, long before rules are read again', async (first, recordedFirst, second, recorded) => {
    const world = new World();
    if (first !== 'hedge') byHand(world, 'setPositionMode', { mode: first });
    await sync(world.deps(), START);
    const before = await marketsOf(world);
    expect(before?.positionMode).toBe(recordedFirst);
    await world.time.runUntil(START + MINUTE);
    byHand(world, 'setPositionMode', { mode: second });
    await sync(world.deps(), START + MINUTE);
    expect(await marketsOf(world)).toMatchObject({ positionMode: recorded, fetchedAt: before?.fetchedAt, brackets: before?.brackets });
  });

  test('is kept as it was while the account cannot be read', async () => {
    let isDown = false;
    const world = new World({ venueFault: (call) => (call === 'account' && isDown ? 'lost' : 'none') });
    await sync(world.deps(), START);
    isDown = true;
    await world.time.runUntil(START + MINUTE);
    byHand(world, 'setPositionMode', { mode: 'one-way' });
    await sync(world.deps(), START + MINUTE);
    expect((await marketsOf(world))?.positionMode).toBe('hedge');
  });
});

test('settings that nobody has read yet stop entries', async () => {
  const world = new World({ venueFault: (call) => (call === 'settings' ? 'lost' : 'none') });
  await sync(world.deps(), START);
  expect(await recordOf(world)).toMatchObject({ health: 'unavailable', account: null, cause: 'settings: no answer' });
  expect(await entryNow(world)).toEqual(['venue_unavailable']);
});
