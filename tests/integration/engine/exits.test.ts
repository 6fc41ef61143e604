/** What closes a position besides its signal: stops that trail, stops the market has passed, time, and what stands in the way. */
import { describe, expect, test } from 'vitest';
import type { FaultPlan } from '../../../functions/src/adapters/venue-simulated/fault-plan.ts';
import type { IntentRecord } from '../../../functions/src/schema/records/intent.ts';
import { closePositions } from '../../../functions/src/app/exits/close-positions.ts';
import { INTENTS } from '../../../functions/src/schema/records/intent.ts';
import { FLIPS } from '../../../functions/src/schema/records/flip.ts';
import { TRADING_CONTROL, TRADING_CONTROL_ID } from '../../../functions/src/schema/records/trading-control.ts';
import { PROTECTIONS } from '../../../functions/src/schema/records/protection.ts';
import { testConfig } from '../../support/engine/engine-run.ts';
import { look, syncedWorld, workOff } from '../../support/engine/one-intent.ts';
import { anExit, anIntent, plant } from '../../support/engine/planted-intent.ts';
import { candlesWith } from '../../support/engine/scripted-market.ts';
import { readRecords } from '../../support/engine/records.ts';
import type { EngineRecords } from '../../support/engine/records.ts';
import { byHand, cancelStops } from '../../support/engine/stories.ts';
import { ENTRY_AT, World } from '../../support/engine/world.ts';
import type { WorldOptions } from '../../support/engine/world.ts';
import type { Edit } from '../../unit/config/config-files.ts';
import { set } from '../../unit/config/config-files.ts';

const MINUTE_MS = 60_000;
const exits = (exit: object): Edit => set('strategies.json', ['strategies', 0, 'exit'], { maxHoldMinutes: null, stopLossPct: 2, takeProfitPct: null, ...exit });
const TRAILING = testConfig(exits({ trailing: { activationPct: 1, distancePct: 0.5, stepPct: 0.1 } }));

/** Half filled at 49,999.9, the rest at 50,000.1: 50,000 on average. */
async function holding(options: WorldOptions = {}): Promise<World> {
  const world = await syncedWorld(options);
  await workOff(world, signalled(world));
  return world;
}

/** An entry of the strategy, whose exits its position then has. */
function signalled(world: World): IntentRecord {
  const signal = { strategy: 'zscore-5m', timeframe: '5m', candleCloseAt: world.time.now(), action: 'enter', indicator: 'z', value: -3, threshold: -2 } as const;
  return anIntent({ createdAt: world.time.now(), signal });
}

const nothing = (): void => undefined;
const stops = (world: World) => world.exchange.state.openAlgos.map((algo) => algo.triggerPrice);

const closingOrders = ({ orders }: EngineRecords) =>
  orders.filter((order) => order.reducing).toSorted((a, b) => a.attempt - b.attempt).map(({ leg, status }) => `${leg} ${status}`);

async function marked(world: World, mark: number): Promise<readonly string[]> {
  world.market.move((mark - 0.1).toFixed(1), (mark + 0.1).toFixed(1), String(mark));
  await world.time.runUntil(world.time.now() + 2 * MINUTE_MS);
  return stops(world);
}

describe('a trailing stop', () => {
  test('follows the mark from its activation, never back, and closes at the venue', async () => {
    const world = await holding({ config: TRAILING });
    expect(stops(world)).toEqual(['49000']);
    expect(await marked(world, 50_400)).toEqual(['49000']);
    expect(await marked(world, 50_600)).toEqual(['50347']);
    expect(await marked(world, 50_610)).toEqual(['50347']);
    expect(await marked(world, 51_000)).toEqual(['50745']);
    expect(await marked(world, 50_800)).toEqual(['50745']);
    expect(await marked(world, 50_700)).toEqual([]);
    await world.runUntilQuiet(world.time.now());
    const { records, broken } = await look(world);
    expect(records.positions.map((position) => position.qty)).toEqual(['0']);
    expect(broken).toEqual([]);
  });

  test('is where it was after its record is lost, and after it is lost at the venue', async () => {
    const world = await holding({ config: TRAILING });
    await marked(world, 51_000);
    await world.store.commit((writer) => writer.delete(PROTECTIONS, 'BTCUSDT-long'));
    expect(await marked(world, 50_900)).toEqual(['50745']);
    cancelStops(world);
    expect(await marked(world, 50_900)).toEqual(['50745']);
    expect((await look(world)).broken).toEqual([]);
  });
});

describe('a stop that the market has passed before it could rest', () => {
  const resting = [set('router.json', ['exitsGoTaker'], false), set('router.json', ['makerRestSeconds'], 200), set('router.json', ['maxIntentSeconds'], 1200)];

  test.each([
    ['', []],
    [' that takes, even where exits may rest', resting],
  ])('is a close by an order of ours%s', async (_title, edits) => {
    let blind = false;
    const fault: FaultPlan = (call) => (blind && call === 'placeStop' ? 'lost' : 'none');
    const world = await holding({ config: testConfig(exits({}), ...edits), venueFault: fault });
    blind = true;
    cancelStops(world);
    await marked(world, 48_000);
    blind = false;
    await marked(world, 48_000);
    await world.runUntilQuiet(world.time.now());
    const { records, broken } = await look(world);
    expect(records.intents.find((intent) => intent.purpose === 'close')).toMatchObject({ status: 'settled', executedQty: '0.008', signal: { indicator: 'stopLoss' } });
    expect(closingOrders(records)).toEqual(['taker filled']);
    expect(broken.filter((line) => !line.startsWith('incident unprotectedPosition'))).toEqual([]);
  });

  test('has an exit that rests taken at once, whose rest is not over', async () => {
    let blind = false;
    const fault: FaultPlan = (call) => (blind && call === 'placeStop' ? 'lost' : 'none');
    const world = await holding({ config: testConfig(exits({}), ...resting), venueFault: fault, makerFills: { share: '0', afterMs: 1000 } });
    blind = true;
    cancelStops(world);
    const exit = anExit({ createdAt: world.time.now() });
    await plant(world.store, exit);
    await world.bus.publish('order-intents', [{ intentId: exit.intentId }]);
    await marked(world, 48_000);
    expect(closingOrders(await readRecords(world.store))).toEqual(['maker working']);
    blind = false;
    await world.time.runUntil(world.time.now() + MINUTE_MS + 10_000);
    expect(closingOrders(await readRecords(world.store))).toEqual(['maker canceled', 'taker filled']);
    await world.runUntilQuiet(world.time.now());
    const { records, broken } = await look(world);
    expect(records.positions.map((position) => position.qty)).toEqual(['0']);
    expect(broken.filter((line) => !line.startsWith('incident unprotectedPosition'))).toEqual([]);
  });
});

describe('a close that was filled', () => {
  test('and has left something is followed by the next at once; one that is under way or came to nothing is not', async () => {
    const world = await holding({ config: testConfig(exits({})) });
    const { risk } = await readRecords(world.store);
    const due = Object.values(risk.exposures).map((exposure) => ({ exposure, dueAt: exposure.openedAt, signal: null, isUrgent: false }));
    const closes = async () => (await readRecords(world.store)).intents.filter((intent) => intent.purpose === 'close');
    const ended = async (status: 'settled' | 'failed') => {
      const last = (await closes()).find((intent) => intent.status === 'pending');
      if (last === undefined) throw new Error('no close is pending');
      await world.store.commit((writer) => writer.set(INTENTS, last.intentId, { ...last, status, terminalAt: world.time.now() }));
    };
    await closePositions(world.deps(), due, []);
    await closePositions(world.deps(), due, []);
    expect(await closes()).toHaveLength(1);
    await ended('settled');
    await closePositions(world.deps(), due, []);
    expect(await closes()).toHaveLength(2);
    await ended('failed');
    await closePositions(world.deps(), due, []);
    expect(await closes()).toHaveLength(2);
  });
});

describe('an entry in slices whose stop fires between two of them', () => {
  test('ends there: nothing is bought again on the old signal, and nothing counts as unprotected', async () => {
    const slices = [set('router.json', ['twapMinNotionalUsd'], 300), set('router.json', ['twapSlices'], 2), set('router.json', ['twapIntervalSeconds'], 300)];
    const world = await syncedWorld({ config: testConfig(exits({}), ...slices), makerFills: { share: '1', afterMs: 1000 } });
    world.time.later(100_000, () => world.market.move('48899.9', '48900.1', '48900'));
    const { records } = await workOff(world, signalled(world));
    expect(records.intents).toMatchObject([{ status: 'settled', executedQty: '0.004', qty: '0.008' }]);
    expect(records.orders).toHaveLength(1);
    await world.time.runUntil(world.time.now() + 3 * MINUTE_MS);
    const { records: later } = await look(world);
    expect(later.trades.map((trade) => [trade.qty, trade.closedBy])).toEqual([['0.004', 'stop']]);
    expect(later.incidents).toEqual([]);
  });
});

describe('a stop that could not be cancelled when its position closed', () => {
  test('is known as ours when it closes the next position', async () => {
    let blind = false;
    const fault: FaultPlan = (call) => (blind && (call === 'cancelStop' || call === 'placeStop') ? 'lost' : 'none');
    const world = await holding({ config: testConfig(exits({})), venueFault: fault });
    blind = true;
    await workOff(world, anExit({ createdAt: world.time.now() }));
    await world.time.runUntil(world.time.now() + 5 * MINUTE_MS);
    await workOff(world, anIntent({ ...signalled(world), intentId: 'second' }));
    await marked(world, 48_900);
    const { records } = await look(world);
    expect(records.trades.map((trade) => trade.closedBy)).toEqual(['intent', 'stop']);
    expect(records.incidents.map((incident) => incident.kind)).not.toContain('foreignFills');
    blind = false;
    await world.time.runUntil(world.time.now() + 2 * MINUTE_MS);
    expect(await world.store.query({ collection: PROTECTIONS, where: [], limit: 9 })).toEqual([]);
  });

  test('is cancelled by one of the next syncs', async () => {
    let lost = 0;
    const fault: FaultPlan = (call) => (call === 'cancelStop' && (lost += 1) <= 3 ? 'lost' : 'none');
    const world = await holding({ config: testConfig(exits({})), venueFault: fault });
    await workOff(world, anExit({ createdAt: world.time.now() }));
    const closedAt = world.exchange.state.trades.at(-1)?.time ?? NaN;
    await world.time.runUntil(closedAt + 16 * MINUTE_MS);
    expect(stops(world)).toEqual([]);
    const [stop] = Object.values(world.exchange.state.closedAlgos);
    expect((stop?.updateTime ?? NaN) - closedAt).toBeLessThan(5 * MINUTE_MS);
  });
});

describe('a stop whose sender died before it could say so', () => {
  test.each(['protect.arm', 'protect.place-stop'] as const)('is known as ours when it fires: killed after %s', async (step) => {
    const world = await syncedWorld({ config: testConfig(exits({})), crash: { step, shape: 'after', occurrence: 1 } });
    const entry = signalled(world);
    await plant(world.store, entry);
    await world.bus.publish('order-intents', [entry]);
    while (stops(world).length === 0) await world.time.runUntil(world.time.now() + 1000);
    world.market.move('48799.9', '48800.1', '48800');
    await world.runUntilQuiet(world.time.now());
    const { records, broken } = await look(world);
    expect(world.crashes.fired).toBe(true);
    expect(records.trades.map((trade) => trade.closedBy)).toEqual(['stop']);
    expect(broken).toEqual([]);
  });
});

describe('a stop that was sent without an answer', () => {
  test.each([
    ['keeps its name as long as it has never arrived', 'placeStop', '-2'],
    ['gets the next one where that cannot be told', 'findStop', '-5'],
  ])('%s', async (_title, unread, last) => {
    let blind = false;
    const world = await holding({ config: testConfig(exits({})), venueFault: (call, phase) => (blind && (call === 'placeStop' || call === unread) && phase === 'before' ? 'lost' : 'none') });
    const [first] = world.exchange.state.openAlgos.map((algo) => algo.clientAlgoId);
    blind = true;
    cancelStops(world);
    await world.time.runUntil(world.time.now() + 4 * MINUTE_MS);
    const [entry] = await world.store.query({ collection: PROTECTIONS, where: [], limit: 9 });
    expect(entry?.data.sent.at(-1)).toBe(`${first ?? ''}${last}`);
    blind = false;
    await world.time.runUntil(world.time.now() + MINUTE_MS);
    expect(world.exchange.state.openAlgos.map((algo) => algo.clientAlgoId)).toEqual([`${first ?? ''}${last}`]);
  });
});

describe('a position without a stop it should have', () => {
  test.each([[60, 1], [600, 0]])('is told after %i seconds', async (maxUnprotectedSeconds, incidents) => {
    let blind = false;
    const config = testConfig(set('risk.json', ['maxUnprotectedSeconds'], maxUnprotectedSeconds));
    const world = await holding({ config, venueFault: (call, phase) => (blind && call === 'placeStop' && phase === 'before' ? 'lost' : 'none') });
    blind = true;
    cancelStops(world);
    await world.time.runUntil(world.time.now() + 3 * MINUTE_MS);
    expect((await look(world)).records.incidents.map((incident) => incident.kind)).toEqual(Array.from({ length: incidents }, () => 'unprotectedPosition'));
  });
});

const blindWorld = async (options: { readonly blind: () => boolean }) =>
  holding({
    config: testConfig(set('risk.json', ['maxUnprotectedSeconds'], 60)),
    venueFault: (call, phase) => (options.blind() && call === 'placeStop' && phase === 'before' ? 'lost' : 'none'),
  });

const alarms = async (world: World) => (await look(world)).records.incidents.map(({ kind, resolvedAt }) => [kind, resolvedAt !== null]);

describe('the alarm of a position without a stop', () => {
  test.each<[string, (world: World) => void]>([
    ['it has one again', nothing],
    ['it is gone', (world) => byHand(world, { side: 'SELL', type: 'MARKET', quantity: '0.008', newClientOrderId: 'by-hand' })],
  ])('ends when %s', async (_title, meanwhile) => {
    let blind = false;
    const world = await blindWorld({ blind: () => blind });
    blind = true;
    cancelStops(world);
    await world.time.runUntil(world.time.now() + 3 * MINUTE_MS);
    expect(await alarms(world)).toEqual([['unprotectedPosition', false]]);
    meanwhile(world);
    blind = false;
    await world.runUntilQuiet(world.time.now() + 3 * MINUTE_MS);
    expect(await alarms(world)).toContainEqual(['unprotectedPosition', true]);
    expect(await alarms(world)).not.toContainEqual(['unprotectedPosition', false]);
  });
});

describe('the time stop', () => {
  test('closes the position of a strategy that has been switched off', async () => {
    const world = await holding({ config: testConfig(exits({ maxHoldMinutes: 20 }), set('strategies.json', ['strategies', 0, 'enabled'], false)) });
    await world.runUntilQuiet(ENTRY_AT + 24 * MINUTE_MS);
    const { records, broken } = await look(world);
    expect(records.intents.filter((intent) => intent.purpose === 'close')).toMatchObject([{ status: 'settled', signal: { indicator: 'heldMinutes', threshold: 20 } }]);
    expect(broken).toEqual([]);
  });
});

describe('an exit', () => {
  test('that the position has shrunk beneath asks for what is left', async () => {
    const world = await holding();
    byHand(world, { side: 'SELL', type: 'MARKET', quantity: '0.005', newClientOrderId: 'by-hand' });
    const { records } = await workOff(world, anExit({ createdAt: world.time.now() }));
    expect(records.intents.find((intent) => intent.purpose === 'close')).toMatchObject({ status: 'settled', qty: '0.003', executedQty: '0.003', sizing: { clamps: [{ name: 'held_at_venue' }] } });
    expect(records.positions.map((position) => position.qty)).toEqual(['0']);
  });

  test('that a resting order by hand blocks cancels that and goes through', async () => {
    const world = await holding();
    byHand(world, { side: 'SELL', type: 'LIMIT', timeInForce: 'GTC', price: '51000', quantity: '0.006', newClientOrderId: 'by-hand' });
    const { records } = await workOff(world, anExit({ createdAt: world.time.now() }));
    const attempts = records.orders.filter((order) => order.reducing).toSorted((a, b) => a.attempt - b.attempt);
    expect(attempts.map((order) => `${order.status} ${order.executedQty}`)).toEqual(['rejected 0', 'filled 0.008']);
    expect(records.positions.map((position) => position.qty)).toEqual(['0']);
  });
});

describe('a flip', () => {
  const FLIPPING = testConfig(set('strategies.json', ['strategies', 0, 'flip'], 'saga'), set('risk.json', ['cooldownSeconds'], 60));
  const candles = candlesWith(new Map([[ENTRY_AT, 49_000], [ENTRY_AT + 5 * MINUTE_MS, 52_000]]));

  async function flipping(options: WorldOptions, beforeTheFlip: (world: World) => void = nothing) {
    const world = new World({ candles, config: FLIPPING, ...options });
    world.schedule('sync');
    const stop = world.schedule('screen');
    await world.time.runUntil(ENTRY_AT + 4.5 * MINUTE_MS);
    beforeTheFlip(world);
    await world.time.runUntil(ENTRY_AT + 6 * MINUTE_MS);
    stop();
    await world.runUntilQuiet(world.time.now());
    const looked = await look(world);
    const sides = looked.records.positions.map((position) => `${position.positionSide} ${position.qty}`).toSorted();
    return { ...looked, sides, flips: (await world.store.query({ collection: FLIPS, where: [], limit: 9 })).map((doc) => doc.data) };
  }

  test('closes the old side and opens the new one, each with its stop', async () => {
    const { sides, flips, broken } = await flipping({});
    expect(sides).toEqual(['long 0', 'short 0.005']);
    expect(flips).toMatchObject([{ status: 'opening', from: 'long', to: 'short' }]);
    expect(broken).toEqual([]);
  });

  test('is a plain exit where config refuses it', async () => {
    const { sides, flips, broken } = await flipping({ config: testConfig(set('risk.json', ['cooldownSeconds'], 60)) });
    expect([sides, flips, broken]).toEqual([['long 0'], [], []]);
  });

  test('closes nothing for a new side that the gate refuses, beyond what the strategy closes anyway', async () => {
    const blocked = testConfig(set('strategies.json', ['strategies', 0, 'flip'], 'saga'), set('risk.json', ['perSymbol', 'BTCUSDT', 'blockedSides'], ['short']), set('risk.json', ['cooldownSeconds'], 60));
    const { sides, flips } = await flipping({ config: blocked });
    expect([sides, flips]).toEqual([['long 0'], []]);
  });

  test('never opens when the close fails', async () => {
    let refusing = false;
    const fault: FaultPlan = (call, phase) => (refusing && call === 'place' && phase === 'before' ? 'error' : 'none');
    const { sides, flips } = await flipping({ venueFault: fault }, () => {
      refusing = true;
    });
    expect(sides).toEqual(['long 0.008']);
    expect(flips).toMatchObject([{ status: 'abandoned' }]);
  });

  test('takes its new side through the gate again: not once trading has become REDUCING', async () => {
    let store: World['store'] | null = null;
    const fault: FaultPlan = (call, phase) => {
      if (store === null || call !== 'place' || phase !== 'after') return 'none';
      const control = { state: 'REDUCING', actor: 'test', reason: 'test', changedAt: ENTRY_AT, expiresAt: null } as const;
      void store.commit((writer) => writer.set(TRADING_CONTROL, TRADING_CONTROL_ID, control));
      return 'none';
    };
    const { sides, records, flips } = await flipping({ venueFault: fault }, (world) => {
      store = world.store;
    });
    expect(sides).toEqual(['long 0']);
    expect(records.intents.find((intent) => intent.positionSide === 'short')?.vetoes.map((veto) => veto.code)).toEqual(['trading_reducing']);
    expect(flips).toMatchObject([{ status: 'opening' }]);
  });
});
