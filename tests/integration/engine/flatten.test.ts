/** Bringing positions to flat on request, whatever else is under way. */
import { describe, expect, test } from 'vitest';
import { execute } from '../../../functions/src/app/orders/execute.ts';
import type { Step } from '../../../functions/src/app/step.ts';
import { flatten } from '../../../functions/src/app/exits/flatten.ts';
import type { FlattenRequest, FlattenResult } from '../../../functions/src/app/exits/flatten.ts';
import { look, syncedWorld, workOff } from '../../support/engine/one-intent.ts';
import { anExit, anIntent, plant } from '../../support/engine/planted-intent.ts';
import { setTrading } from '../../support/engine/set-trading.ts';
import type { World } from '../../support/engine/world.ts';

const EVERYTHING: FlattenRequest = { requestId: 'r1', symbol: null, positionSide: null, actor: 'ops@example.com' };

async function ask(world: World, request: Partial<FlattenRequest> = {}): Promise<FlattenResult> {
  const results: FlattenResult[] = [];
  await world.invoke(async (deps) => {
    results.push(await flatten(deps, { ...EVERYTHING, ...request }));
  });
  const [result] = results;
  if (result === undefined) throw new Error('flatten gave no answer');
  return result;
}

async function holding(): Promise<World> {
  const world = await syncedWorld();
  await workOff(world, anIntent({ createdAt: world.time.now() }));
  return world;
}

async function settled(world: World) {
  await world.runUntilQuiet(world.time.now());
  return look(world);
}

const heldAtVenue = (world: World): number => Object.values(world.exchange.state.positions).filter((position) => Number(position.qty) !== 0).length;

describe('flatten', () => {
  test.each(['ACTIVE', 'REDUCING'] as const)('closes what is held while trading is %s', async (state) => {
    const world = await holding();
    await setTrading(world, state);
    expect((await ask(world)).closes).toMatchObject([{ symbol: 'BTCUSDT', positionSide: 'long', qty: '0.008', isNew: true }]);
    const { records, broken } = await settled(world);
    expect(records.positions.map((position) => position.qty)).toEqual(['0']);
    expect(broken).toEqual([]);
  });

  test('refuses while trading is HALTED and says what to do', async () => {
    const world = await holding();
    await setTrading(world, 'HALTED');
    expect(await ask(world)).toMatchObject({ kind: 'refused', closes: [], summary: expect.stringContaining('set REDUCING') });
    expect((await settled(world)).records.intents).toHaveLength(1);
  });

  test('says that there is nothing to do', async () => {
    const world = await syncedWorld();
    expect(await ask(world)).toMatchObject({ kind: 'done', closes: [], stopped: [], skipped: [], summary: expect.stringContaining('nothing is open') });
  });

  test('leaves alone what is out of its scope', async () => {
    const world = await holding();
    expect((await ask(world, { symbol: 'ETHUSDT' })).closes).toEqual([]);
    expect((await ask(world, { positionSide: 'short' })).closes).toEqual([]);
    expect((await ask(world, { symbol: 'BTCUSDT', positionSide: 'long' })).closes).toHaveLength(1);
  });

  test('asked twice by the same request closes once', async () => {
    const world = await holding();
    const [first, second] = await Promise.all([ask(world), ask(world)]);
    expect([first.closes[0]?.isNew, second.closes[0]?.isNew]).toEqual([true, false]);
    const { records, broken } = await settled(world);
    expect(records.intents.filter((intent) => intent.purpose === 'close')).toHaveLength(1);
    expect(broken).toEqual([]);
  });

  test('asked twice by two requests at once never closes more than is held', async () => {
    const world = await holding();
    await Promise.all([ask(world, { requestId: 'a' }), ask(world, { requestId: 'b' })]);
    const { records, broken } = await settled(world);
    expect(records.intents.filter((intent) => intent.purpose === 'close').map((intent) => intent.status).toSorted()).toEqual(['settled', 'vetoed']);
    expect(broken).toEqual([]);
  });

  test('leaves to an exit under way what that is closing', async () => {
    const world = await holding();
    const exit = anExit({ createdAt: world.time.now(), qty: '0.005' });
    await plant(world.store, exit);
    await world.bus.publish('order-intents', [exit]);
    // The exit is reserved once it is approved, which takes no time here; its fills are booked a moment later.
    await world.time.runUntil(world.time.now() + 1);
    await ask(world);
    const { records, broken } = await settled(world);
    expect(records.intents.filter((intent) => intent.purpose === 'close').map((intent) => intent.qty).toSorted()).toEqual(['0.003', '0.005']);
    expect(records.positions.map((position) => position.qty)).toEqual(['0']);
    expect(broken).toEqual([]);
  });

  test('stops an entry that rests half filled and closes what it has', async () => {
    const world = await syncedWorld();
    const entry = anIntent({ createdAt: world.time.now() });
    await plant(world.store, entry);
    await world.bus.publish('order-intents', [entry]);
    await world.time.runUntil(world.time.now() + 4000);
    expect(await ask(world)).toMatchObject({ stopped: [entry.intentId], closes: [{ qty: '0.004' }] });
    const { records, broken } = await settled(world);
    expect(records.intents.find((intent) => intent.purpose === 'open')).toMatchObject({ status: 'settled', executedQty: '0.004', statusReason: 'intent expired' });
    expect(records.positions.map((position) => position.qty)).toEqual(['0']);
    expect(broken).toEqual([]);
  });

  test('ends an entry that is armed and not sent yet, and says that it may still fill', async () => {
    const world = await syncedWorld();
    const entry = anIntent({ createdAt: world.time.now() });
    await plant(world.store, entry);
    const answers: FlattenResult[] = [];
    const flattening: Step = async (name, effect) => {
      if (name === 'execute.place') answers.push(await ask(world));
      return effect();
    };
    await world.invoke((deps) => execute({ ...deps, step: flattening }, entry));
    expect(answers).toMatchObject([{ stopped: [entry.intentId], summary: expect.stringContaining('1 stopped entry may still fill for some seconds') }]);
    const { records, broken } = await settled(world);
    expect(records.intents[0]).toMatchObject({ executedQty: '0', statusReason: 'the entry was ended before it was sent' });
    expect([records.fills, broken]).toEqual([[], []]);
  });

  test('ends an entry that has not been looked at yet', async () => {
    const world = await syncedWorld();
    const entry = anIntent({ createdAt: world.time.now() });
    await plant(world.store, entry);
    expect(await ask(world)).toMatchObject({ stopped: [entry.intentId], closes: [] });
    const { records, broken } = await settled(world);
    expect(records.intents[0]).toMatchObject({ status: 'expired', executedQty: '0' });
    expect(broken).toEqual([]);
  });

  test.each(['BTCUSDT', 'SOLUSDT'])('closes a position in %s that only the venue knows of', async (symbol) => {
    const world = await syncedWorld({ symbols: ['BTCUSDT', 'SOLUSDT'] });
    world.exchange.execute('placeOrder', { symbol, side: 'BUY', positionSide: 'LONG', type: 'MARKET', quantity: '0.01', newClientOrderId: 'by-hand' }, world.time.now());
    expect((await ask(world)).closes).toMatchObject([{ symbol, qty: '0.01' }]);
    await settled(world);
    expect(heldAtVenue(world)).toBe(0);
  });
});
