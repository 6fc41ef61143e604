/** While the venue's list of stops cannot be read: what is recorded stands in for it, and what is missing is placed. */
import { describe, expect, test } from 'vitest';
import type { FaultPlan, VenueCall } from '../../../functions/src/adapters/venue-simulated/fault-plan.ts';
import { protect } from '../../../functions/src/app/exits/protect.ts';
import { PROTECTIONS } from '../../../functions/src/schema/records/protection.ts';
import type { EngineConfig } from '../../../functions/src/schema/config/engine-config.ts';
import { testConfig } from '../../support/engine/engine-run.ts';
import { exits, holding, marked, signalled, stops } from '../../support/engine/held-position.ts';
import { look, syncedWorld, workOff } from '../../support/engine/one-intent.ts';
import { anExit, anIntent, plant } from '../../support/engine/planted-intent.ts';
import { cancelStops } from '../../support/engine/stories.ts';
import type { World } from '../../support/engine/world.ts';
import { set } from '../../unit/config/config-files.ts';

const MINUTE_MS = 60_000;
const TRAILING = testConfig(exits({ trailing: { activationPct: 1, distancePct: 0.5, stepPct: 0.1 } }));

/** Calls that have no answer for as long as they are in `failing`, and how often each was made. */
function troubled() {
  const failing = new Set<VenueCall>();
  const made: VenueCall[] = [];
  const venueFault: FaultPlan = (call, phase) => {
    if (phase === 'before') made.push(call);
    return failing.has(call) && phase === 'before' ? 'lost' : 'none';
  };
  return { failing, venueFault, times: (call: VenueCall): number => made.filter((one) => one === call).length };
}

async function held(trouble: ReturnType<typeof troubled>, config: EngineConfig = testConfig(exits({}))): Promise<World> {
  return holding({ config, venueFault: trouble.venueFault });
}

const protectionOf = async (world: World) => (await world.store.query({ collection: PROTECTIONS, where: [], limit: 9 })).map(({ data }) => data);
const alarms = async (world: World) => (await look(world)).records.incidents.map(({ kind, resolvedAt }) => [kind, resolvedAt !== null]);

describe('without the list of stops', () => {
  test('a new position gets its stop, which is left where it is and raises nothing', async () => {
    const trouble = troubled();
    trouble.failing.add('openStops');
    const world = await syncedWorld({ config: testConfig(exits({ takeProfitPct: 3 })), venueFault: trouble.venueFault });
    await workOff(world, signalled(world));
    await world.time.runUntil(world.time.now() + 20 * MINUTE_MS);
    // By the price of the entry's first half: the second would have moved it to 51500.
    expect(stops(world)).toEqual(['49000', '51499.9']);
    expect([trouble.times('placeStop'), trouble.times('cancelStop')]).toEqual([2, 0]);
    expect(await protectionOf(world)).toMatchObject([{ summary: 'stopLoss at 49000, takeProfit at 51499.9', unprotectedSinceAt: null }]);
    expect((await look(world)).broken).toEqual([]);
  });

  test('a position whose stop cannot be placed either is told of, until it has one', async () => {
    const trouble = troubled();
    trouble.failing.add('openStops').add('placeStop');
    const world = await syncedWorld({ config: testConfig(exits({}), set('risk.json', ['maxUnprotectedSeconds'], 120)), venueFault: trouble.venueFault });
    const entry = signalled(world);
    await plant(world.store, entry);
    await world.bus.publish('order-intents', [entry]);
    await world.time.runUntil(world.time.now() + 1.5 * MINUTE_MS);
    expect(await alarms(world)).toEqual([]);
    await world.time.runUntil(world.time.now() + 2 * MINUTE_MS);
    expect(await alarms(world)).toEqual([['unprotectedPosition', false]]);
    trouble.failing.clear();
    await world.time.runUntil(world.time.now() + MINUTE_MS);
    expect(stops(world)).toEqual(['49000']);
    expect(await alarms(world)).toEqual([['unprotectedPosition', true]]);
  });

  test('a trailing stop that rests is neither moved nor placed again; it follows once the list is there', async () => {
    const trouble = troubled();
    const world = await held(trouble, TRAILING);
    expect(await marked(world, 50_600)).toEqual(['50347']);
    const placed = trouble.times('placeStop');
    trouble.failing.add('openStops');
    expect(await marked(world, 51_000)).toEqual(['50347']);
    expect([trouble.times('placeStop'), (await protectionOf(world)).map(({ summary }) => summary)]).toEqual([placed, ['stopLoss at 50347']]);
    trouble.failing.clear();
    expect(await marked(world, 51_000)).toEqual(['50745']);
  });

  test('a stop of which it was never written that it rests is placed again, and the venue says that it does', async () => {
    const trouble = troubled();
    const world = await held(trouble);
    await world.store.commit((writer) => writer.delete(PROTECTIONS, 'BTCUSDT-long'));
    trouble.failing.add('openStops');
    const placed = trouble.times('placeStop');
    await world.time.runUntil(world.time.now() + 5 * MINUTE_MS);
    expect([stops(world), trouble.times('placeStop') - placed]).toEqual([['49000'], 1]);
    expect(await protectionOf(world)).toMatchObject([{ summary: 'stopLoss at 49000', unprotectedSinceAt: null }]);
  });

  test('a stop that was to replace one that is gone is placed, though its sender died before it could', async () => {
    const trouble = troubled();
    const world = await held(trouble);
    cancelStops(world);
    const deps = world.deps();
    void protect({ ...deps, step: (name, effect) => (name === 'protect.place-stop' ? new Promise(() => undefined) : deps.step(name, effect)) });
    await world.time.runUntil(world.time.now() + 1000);
    trouble.failing.add('openStops');
    await world.time.runUntil(world.time.now() + 2 * MINUTE_MS);
    expect(stops(world)).toEqual(['49000']);
  });

  test('the names of a closed position’s stops are kept, of which nobody can say whether one is left', async () => {
    const trouble = troubled();
    const world = await held(trouble);
    trouble.failing.add('openStops');
    await workOff(world, anExit({ createdAt: world.time.now() }));
    expect(stops(world)).toEqual(['49000']);
    await workOff(world, anIntent({ ...signalled(world), intentId: 'second' }));
    await marked(world, 48_900);
    const { records } = await look(world);
    expect(records.trades.map(({ closedBy }) => closedBy)).toEqual(['intent', 'stop']);
    expect(records.incidents.map(({ kind }) => kind)).not.toContain('foreignFills');
    trouble.failing.clear();
    await world.runUntilQuiet(world.time.now());
    expect([stops(world), await protectionOf(world)]).toEqual([[], []]);
  });
});
