/** What others, or the venue itself, do in the account: by hand, by liquidation, by deleveraging. */
import { describe, expect, test } from 'vitest';
import type { IncidentRecord } from '../../../functions/src/schema/records/incident.ts';
import { testConfig } from '../../support/engine/engine-run.ts';
import { attempts, ends, look, syncedWorld, workOff } from '../../support/engine/one-intent.ts';
import { anIntent, plant } from '../../support/engine/planted-intent.ts';
import { byHand } from '../../support/engine/stories.ts';
import type { World } from '../../support/engine/world.ts';
import { set } from '../../unit/config/config-files.ts';

const MINUTE_MS = 60_000;
type Foreign = Partial<Record<'positions' | 'orders', string>>;

const withForeign = (foreign: Foreign) => testConfig(set('risk.json', ['foreign'], foreign), set('risk.json', ['cooldownSeconds'], 0));
const bought = { side: 'BUY', type: 'MARKET', quantity: '0.008', newClientOrderId: 'by-hand' } as const;
const rests = { side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', price: '40000', quantity: '0.01', newClientOrderId: 'by-hand' } as const;

async function twoSyncs(world: World) {
  await world.time.runUntil(world.time.now() + 2 * MINUTE_MS + 1000);
  return look(world);
}

async function withPositionByHand(foreign: Foreign) {
  const world = await syncedWorld({ config: withForeign(foreign) });
  byHand(world, bought);
  return twoSyncs(world);
}

const kinds = (incidents: readonly IncidentRecord[]) => incidents.map((incident) => incident.kind);

describe('a position opened by hand', () => {
  test.each(['adopt', 'alarm', 'ignore'])('is booked and counts as exposure when positions are set to %s', async (positions) => {
    const { records } = await withPositionByHand({ positions });
    expect(records.positions.map((position) => `${position.qty} ${position.strategy}`)).toEqual(['0.008 null']);
    expect(records.risk.exposures['BTCUSDT-long']?.qty).toBe('0.008');
    expect(records.compared?.ledgerAgrees).toBe(true);
  });

  test('is adopted: it gets the default stop, no incident, and keeps nobody out', async () => {
    const { world, records } = await withPositionByHand({ positions: 'adopt' });
    expect(records.protections.map((entry) => entry.summary)).toEqual(['stopLoss at 47500.1']);
    expect(kinds(records.incidents)).toEqual([]);
    const worked = await workOff(world, anIntent({ createdAt: world.time.now() }));
    expect(ends(worked)).toEqual(['settled 0.008 of 0.008: filled']);
  });

  test('is an alarm: an incident, no stop of ours, and no entry of the symbol until it is gone and the hold is over', async () => {
    const { world, records } = await withPositionByHand({ positions: 'alarm' });
    expect(kinds(records.incidents)).toEqual(['foreignFills']);
    expect(world.exchange.state.openAlgos).toEqual([]);
    const vetoes = async (createdAt: number) => (await workOff(world, anIntent({ createdAt }))).records.intents.find((intent) => intent.createdAt === createdAt)?.vetoes.map((veto) => veto.code);
    expect(await vetoes(world.time.now())).toEqual(['foreign_position', 'symbol_disabled']);
    await world.time.runUntil(world.time.now() + 61 * MINUTE_MS);
    expect(await vetoes(world.time.now())).toEqual(['foreign_position']);
  });

  test('is ignored: no incident, no stop, nobody kept out', async () => {
    const { world, records } = await withPositionByHand({ positions: 'ignore' });
    expect([kinds(records.incidents), world.exchange.state.openAlgos]).toEqual([[], []]);
    expect(ends(await workOff(world, anIntent({ createdAt: world.time.now() })))).toEqual(['settled 0.008 of 0.008: filled']);
  });
});

describe('an order that rests by hand', () => {
  test('is an alarm: an incident that names it, and it stays', async () => {
    const world = await syncedWorld({ config: withForeign({ orders: 'alarm', positions: 'ignore' }) });
    byHand(world, rests);
    const { records } = await twoSyncs(world);
    expect(records.incidents).toMatchObject([{ kind: 'foreignOrder', symbol: 'BTCUSDT', venues: 'buy 0.01 long limit at 40000', seen: 2 }]);
    expect(world.exchange.state.openOrders['BTCUSDT']).toHaveLength(1);
  });

  test('is cancelled where config says so', async () => {
    const world = await syncedWorld({ config: withForeign({ orders: 'cancel', positions: 'ignore' }) });
    byHand(world, rests);
    const { records } = await twoSyncs(world);
    expect(records.incidents).toEqual([]);
    expect(world.exchange.state.closedOrders).toMatchObject({ [Object.keys(world.exchange.state.closedOrders)[0] ?? 'none']: { clientOrderId: 'by-hand', status: 'CANCELED' } });
  });

  test('is left alone where config says so', async () => {
    const world = await syncedWorld({ config: withForeign({ orders: 'ignore', positions: 'ignore' }) });
    byHand(world, rests);
    expect((await twoSyncs(world)).records.incidents).toEqual([]);
    expect(world.exchange.state.openOrders['BTCUSDT']).toHaveLength(1);
  });

  test('that is named like ours and that we have no record of is not taken for ours', async () => {
    const world = await syncedWorld({ config: withForeign({ orders: 'alarm', positions: 'ignore' }) });
    byHand(world, { ...rests, newClientOrderId: 'pc-somebody-else-m1' });
    expect(kinds((await twoSyncs(world)).records.incidents)).toEqual(['foreignOrder']);
  });

  test('of ours is never touched', async () => {
    const config = testConfig(set('risk.json', ['foreign'], { orders: 'cancel', positions: 'ignore' }), set('router.json', ['makerRestSeconds'], 200));
    const world = await syncedWorld({ config, makerFills: { share: '0', afterMs: 0 } });
    const entry = anIntent({ createdAt: world.time.now() });
    await plant(world.store, entry);
    await world.bus.publish('order-intents', [entry]);
    const { records } = await twoSyncs(world);
    expect(records.orders.map((order) => order.status)).toEqual(['working']);
  });
});

async function holdingOurs(positions: string): Promise<World> {
  const world = await syncedWorld({ config: withForeign({ positions }) });
  const signal = { strategy: 'zscore-5m', timeframe: '5m', candleCloseAt: world.time.now(), action: 'enter', indicator: 'z', value: -3, threshold: -2 } as const;
  await workOff(world, anIntent({ createdAt: world.time.now(), signal }));
  return world;
}

describe('what the venue does by force', () => {
  test.each(['adopt', 'alarm', 'ignore'])('a deleveraging is booked, told as such and holds the symbol, also when positions are set to %s', async (positions) => {
    const world = await holdingOurs(positions);
    world.exchange.execute('deleverage', { symbol: 'BTCUSDT', positionSide: 'LONG', qty: '0.005' }, world.time.now());
    const { records } = await twoSyncs(world);
    expect(kinds(records.incidents)).toEqual(['deleveraging']);
    expect(records.positions.map((position) => `${position.qty} ${position.strategy}`)).toEqual(['0.003 zscore-5m']);
    expect(records.risk.disabledUntilAtBySymbol['BTCUSDT']).toBeGreaterThan(world.time.now());
  });

  test('a liquidation is booked, told as such and holds the symbol', async () => {
    const world = await syncedWorld({ config: withForeign({ positions: 'ignore' }) });
    byHand(world, { ...bought, quantity: '0.5' });
    await twoSyncs(world);
    world.market.move('30099.9', '30100.1', '30100');
    const { records } = await twoSyncs(world);
    expect(kinds(records.incidents)).toEqual(['liquidation']);
    expect(records.positions.map((position) => position.qty)).toEqual(['0']);
    expect(records.risk.disabledUntilAtBySymbol['BTCUSDT']).toBeGreaterThan(world.time.now());
  });
});

describe('an order of ours that the venue or a person cancels', () => {
  test('while it rests: a taker takes the rest', async () => {
    const world = await syncedWorld();
    const entry = anIntent({ createdAt: world.time.now() });
    await plant(world.store, entry);
    await world.bus.publish('order-intents', [entry]);
    await world.time.runUntil(world.time.now() + 4000);
    world.exchange.execute('cancelOrder', { symbol: 'BTCUSDT', orderId: world.exchange.state.openOrders['BTCUSDT']?.[0]?.orderId ?? 'none' }, world.time.now());
    await world.runUntilQuiet(world.time.now());
    const worked = await look(world);
    expect(attempts(worked)).toEqual(['maker canceled 0.004', 'taker filled 0.004']);
    expect(worked.broken).toEqual([]);
  });
});
