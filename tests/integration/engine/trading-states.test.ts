/** What the gate stops and what it lets through when the account, the venue or an operator says so. */
import { describe, expect, test } from 'vitest';
import { execute } from '../../../functions/src/app/orders/execute.ts';
import { sync } from '../../../functions/src/app/sync/sync.ts';
import type { FaultPlan } from '../../../functions/src/adapters/venue-simulated/fault-plan.ts';
import { NAV_STATE, NAV_STATE_ID } from '../../../functions/src/schema/records/nav-state.ts';
import { attempts, ends, look, syncedWorld, workOff } from '../../support/engine/one-intent.ts';
import type { Worked } from '../../support/engine/one-intent.ts';
import { anExit, anIntent, plant } from '../../support/engine/planted-intent.ts';
import { setTrading } from '../../support/engine/set-trading.ts';
import { ENTRY_AT, World } from '../../support/engine/world.ts';
import type { WorldOptions } from '../../support/engine/world.ts';

const MINUTE_MS = 60_000;

async function holding(options: WorldOptions = {}): Promise<World> {
  const world = await syncedWorld(options);
  await workOff(world, anIntent({ createdAt: world.time.now() }));
  return world;
}

/** How the last intent of a purpose has ended. */
const lastEnd = (worked: Worked, purpose: 'open' | 'close'): string | undefined =>
  ends({ ...worked, records: { ...worked.records, intents: worked.records.intents.filter((intent) => intent.purpose === purpose) } }).at(-1);

describe('an entry', () => {
  test.each([['REDUCING', 'trading_reducing'], ['HALTED', 'trading_halted']] as const)('is refused while trading is %s', async (state, code) => {
    const world = await syncedWorld();
    await setTrading(world, state);
    const worked = await workOff(world, anIntent({ createdAt: world.time.now() }));
    expect(attempts(worked)).toEqual([]);
    expect(ends(worked)).toEqual([`vetoed 0 of 0.008: ${code}`]);
    expect(worked.records.attribution[0]).toMatchObject({ outcome: 'vetoed', vetoes: worked.records.intents[0]?.vetoes });
    expect(worked.broken).toEqual([]);
  });

  test('is refused with every reason when NAV is old and the venue cannot be read', async () => {
    const silent: FaultPlan = (call, phase) => (world.time.now() > ENTRY_AT && phase === 'before' && call !== 'place' ? 'lost' : 'none');
    const world: World = await syncedWorld({ venueFault: silent });
    await world.time.runUntil(ENTRY_AT + 10 * MINUTE_MS);
    const intent = anIntent({ createdAt: world.time.now() });
    await plant(world.store, intent);
    await world.bus.publish('order-intents', [intent]);
    await world.time.runUntil(world.time.now() + MINUTE_MS);
    const worked = await look(world);
    expect(worked.records.intents[0]?.status).toBe('vetoed');
    expect(worked.records.intents[0]?.vetoes.map((veto) => veto.code)).toEqual(expect.arrayContaining(['nav_unavailable', 'market_unavailable', 'positions_unavailable']));
    expect(worked.world.exchange.state.trades).toEqual([]);
  });

  test('that is too large is refused with what was measured, the limit and where it was set', async () => {
    const world = await syncedWorld();
    const worked = await workOff(world, anIntent({ createdAt: world.time.now(), qty: '0.03' }));
    expect(worked.records.intents[0]?.vetoes).toContainEqual(
      expect.objectContaining({ code: 'trade_gt_max_trade_nav_pct', limit: '10', configPath: 'risk.json:maxTradeNavPct' }),
    );
    expect(attempts(worked)).toEqual([]);
    expect(worked.broken).toEqual([]);
  });
});

describe('an exit', () => {
  test('goes through while trading is REDUCING', async () => {
    const world = await holding();
    await setTrading(world, 'REDUCING');
    const worked = await workOff(world, anExit({ createdAt: world.time.now() }));
    expect(lastEnd(worked, 'close')).toBe('settled 0.008 of 0.008: filled');
    expect(worked.broken).toEqual([]);
  });

  test('goes through when NAV is long stale and neither account nor positions can be read', async () => {
    let silent = false;
    const fault: FaultPlan = (call) => (silent && (call === 'account' || call === 'positions' || call === 'incomeSince') ? 'lost' : 'none');
    const world = await holding({ venueFault: fault });
    silent = true;
    await world.time.runUntil(world.time.now() + 20 * MINUTE_MS);
    const { nav } = await world.store.get({ nav: { collection: NAV_STATE, id: NAV_STATE_ID } });
    expect(nav?.health).toBe('unavailable');
    const worked = await workOff(world, anExit({ createdAt: world.time.now() }));
    expect(lastEnd(worked, 'close')).toBe('settled 0.008 of 0.008: filled');
    silent = false;
    await world.time.runUntil(world.time.now() + 2 * MINUTE_MS);
    expect((await look(world)).broken).toEqual([]);
  });

  test('goes through when sync has stopped altogether', async () => {
    const world = new World();
    const stop = world.schedule('sync');
    await world.time.runUntil(ENTRY_AT);
    await workOff(world, anIntent({ createdAt: world.time.now() }));
    stop();
    await world.time.runUntil(world.time.now() + 60 * MINUTE_MS);
    const exit = anExit({ createdAt: world.time.now() });
    await plant(world.store, exit);
    await world.bus.publish('order-intents', [exit]);
    await world.time.runUntil(world.time.now() + MINUTE_MS);
    expect(lastEnd(await look(world), 'close')).toBe('settled 0.008 of 0.008: filled');
    for (let minutes = 1; minutes <= 2; minutes += 1) {
      await world.time.runUntil(world.time.now() + MINUTE_MS);
      await world.invoke((deps) => sync(deps, world.time.now()));
    }
    expect((await look(world)).broken).toEqual([]);
  });

  test('is held back by HALTED alone', async () => {
    const world = await holding();
    await setTrading(world, 'HALTED');
    const worked = await workOff(world, anExit({ createdAt: world.time.now() }));
    expect(lastEnd(worked, 'close')).toBe('vetoed 0 of 0.008: trading_halted');
    expect(worked.broken).toEqual([]);
  });
});

describe('an operator who stops trading while an entry rests', () => {
  test.each(['HALTED', 'REDUCING'] as const)('with %s: what rests is cancelled, nothing more is sent', async (state) => {
    const world = await syncedWorld();
    const intent = anIntent({ createdAt: world.time.now() });
    await plant(world.store, intent);
    await world.bus.publish('order-intents', [intent]);
    await world.time.runUntil(world.time.now() + 5000);
    await setTrading(world, state);
    await world.runUntilQuiet(world.time.now());
    const worked = await look(world);
    expect(attempts(worked)).toEqual(['maker canceled 0.004']);
    expect(ends(worked)).toEqual([`settled 0.004 of 0.008: trading is ${state}`]);
    expect(worked.broken).toEqual([]);
  });
});

const sentOrders = (world: World): number => Object.values(world.exchange.state.openOrders).flat().length + Object.keys(world.exchange.state.closedOrders).length;

describe('an operator who stops trading when an entry is claimed and armed, but not sent', () => {
  test.each(['HALTED', 'REDUCING'] as const)('with %s: the run that holds it does not send it', async (state) => {
    const world = await syncedWorld();
    const intent = anIntent({ createdAt: world.time.now() });
    await plant(world.store, intent);
    const deps = world.deps();
    const step: typeof deps.step = async (name, effect) => {
      if (name === 'execute.place') await setTrading(world, state);
      return deps.step(name, effect);
    };
    await execute({ ...deps, step }, intent);
    await world.runUntilQuiet(world.time.now());
    const worked = await look(world);
    expect(sentOrders(world)).toBe(0);
    expect(worked.records.orders).toHaveLength(1);
    expect(ends(worked)).toEqual([expect.stringContaining(`0 of 0.008: trading is ${state}`)]);
    expect(worked.broken).toEqual([]);
  });

  test.each(['HALTED', 'REDUCING'] as const)('with %s: whoever takes it up after a crash does not send it either', async (state) => {
    const world = await syncedWorld({ crash: { step: 'execute.place', shape: 'before', occurrence: 1 } });
    const intent = anIntent({ createdAt: world.time.now() });
    await plant(world.store, intent);
    await world.bus.publish('order-intents', [intent]);
    await world.time.runUntil(world.time.now() + 1000);
    expect((await look(world)).records.orders).toMatchObject([{ status: 'armed' }]);
    await setTrading(world, state);
    await world.runUntilQuiet(world.time.now());
    const worked = await look(world);
    expect(sentOrders(world)).toBe(0);
    expect(worked.records.intents[0]?.executedQty).toBe('0');
    expect(worked.records.intents[0]?.terminalAt).not.toBeNull();
    expect(worked.broken).toEqual([]);
  });
});
