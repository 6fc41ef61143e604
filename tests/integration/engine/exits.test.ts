/** What closes a position besides its signal and its stops: time, what stands in the way, and what follows. */
import { describe, expect, test } from 'vitest';
import type { FaultPlan } from '../../../functions/src/adapters/venue-simulated/fault-plan.ts';
import { closePositions } from '../../../functions/src/app/exits/close-positions.ts';
import { INTENTS } from '../../../functions/src/schema/records/intent.ts';
import { FLIPS } from '../../../functions/src/schema/records/flip.ts';
import { TRADING_CONTROL, TRADING_CONTROL_ID } from '../../../functions/src/schema/records/trading-control.ts';
import { testConfig } from '../../support/engine/engine-run.ts';
import { exits, holding, signalled } from '../../support/engine/held-position.ts';
import { look, syncedWorld, workOff } from '../../support/engine/one-intent.ts';
import { anExit } from '../../support/engine/planted-intent.ts';
import { candlesWith } from '../../support/engine/scripted-market.ts';
import { readRecords } from '../../support/engine/records.ts';
import { byHand } from '../../support/engine/stories.ts';
import { ENTRY_AT, World } from '../../support/engine/world.ts';
import type { WorldOptions } from '../../support/engine/world.ts';
import { set } from '../../unit/config/config-files.ts';

const MINUTE_MS = 60_000;
const nothing = (): void => undefined;

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
