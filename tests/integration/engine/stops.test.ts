/** The stops of a position at the venue: where they are, what they are called, and what is said while one is missing. */
import { describe, expect, test } from 'vitest';
import type { FaultPlan } from '../../../functions/src/adapters/venue-simulated/fault-plan.ts';
import { protect } from '../../../functions/src/app/exits/protect.ts';
import type { Step } from '../../../functions/src/app/step.ts';
import { PROTECTIONS } from '../../../functions/src/schema/records/protection.ts';
import { testConfig } from '../../support/engine/engine-run.ts';
import { exits, holding, marked, signalled, stops } from '../../support/engine/held-position.ts';
import { look, syncedWorld, workOff } from '../../support/engine/one-intent.ts';
import { anExit, anIntent, plant } from '../../support/engine/planted-intent.ts';
import { readRecords } from '../../support/engine/records.ts';
import type { EngineRecords } from '../../support/engine/records.ts';
import { setTrading } from '../../support/engine/set-trading.ts';
import { byHand, cancelStops } from '../../support/engine/stories.ts';
import type { World } from '../../support/engine/world.ts';
import { set } from '../../unit/config/config-files.ts';

const MINUTE_MS = 60_000;
const nothing = (): void => undefined;
const TRAILING = testConfig(exits({ trailing: { activationPct: 1, distancePct: 0.5, stepPct: 0.1 } }));

const closingOrders = ({ orders }: EngineRecords) =>
  orders.filter((order) => order.reducing).toSorted((a, b) => a.attempt - b.attempt).map(({ leg, status }) => `${leg} ${status}`);

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

  test.each([
    ['for a minute', 2, 1, 3],
    ['for longer than an intent lives', 12, 2, 14],
  ])('is closed soon after the venue has taken no orders %s', async (_title, refusedMinutes, intents, withinMinutes) => {
    const blind = { stops: false, orders: false };
    const fault: FaultPlan = (call, phase) => (blind.stops && call === 'placeStop' ? 'lost' : blind.orders && call === 'place' && phase === 'before' ? 'error' : 'none');
    const world = await holding({ config: testConfig(exits({})), venueFault: fault });
    blind.stops = true;
    cancelStops(world);
    await marked(world, 48_500);
    Object.assign(blind, { stops: false, orders: true });
    const begunAt = world.time.now();
    world.market.move('47999.9', '48000.1', '48000');
    await world.time.runUntil(begunAt + refusedMinutes * MINUTE_MS);
    blind.orders = false;
    await world.time.runUntil(begunAt + withinMinutes * MINUTE_MS);
    const { records } = await look(world);
    expect(records.positions.map((position) => position.qty)).toEqual(['0']);
    expect(records.intents.filter((intent) => intent.purpose === 'close').length).toBe(intents);
  });

  test('is not closed while trading is halted, and soon after it is resumed', async () => {
    let blind = false;
    const world = await holding({ config: testConfig(exits({})), venueFault: (call) => (blind && call === 'placeStop' ? 'lost' : 'none') });
    await world.time.runUntil(world.time.now() + 4 * MINUTE_MS);
    blind = true;
    cancelStops(world);
    await setTrading(world, 'HALTED');
    blind = false;
    await marked(world, 48_000);
    await world.time.runUntil(world.time.now() + 5 * MINUTE_MS);
    const closes = async () => (await readRecords(world.store)).intents.filter((intent) => intent.purpose === 'close').map(({ status }) => status);
    expect(await closes()).toEqual(['vetoed']);
    await setTrading(world, 'ACTIVE');
    await world.time.runUntil(world.time.now() + 2 * MINUTE_MS);
    expect((await closes()).toSorted()).toEqual(['settled', 'vetoed']);
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

describe('stops that were sent without an answer', () => {
  test.each([
    ['keep their names as long as they have never arrived', 'placeStop', '-2'],
    ['get the next ones where that cannot be told', 'findStop', '-5'],
  ])('%s', async (_title, unread, last) => {
    let blind = false;
    const world = await holding({
      config: testConfig(exits({ takeProfitPct: 3 })),
      venueFault: (call, phase) => (blind && (call === 'placeStop' || call === unread) && phase === 'before' ? 'lost' : 'none'),
    });
    const latest = world.exchange.state.openAlgos.map((algo) => `${algo.clientAlgoId}${last}`);
    blind = true;
    cancelStops(world);
    await world.time.runUntil(world.time.now() + 4 * MINUTE_MS);
    const [entry] = await world.store.query({ collection: PROTECTIONS, where: [], limit: 9 });
    expect(entry?.data.sent.slice(-2)).toEqual(latest);
    blind = false;
    await world.time.runUntil(world.time.now() + MINUTE_MS);
    expect(world.exchange.state.openAlgos.map((algo) => algo.clientAlgoId)).toEqual(latest);
  });
});

describe('stops that the venue has refused', () => {
  test('leave no names behind, so that a fill is explained without asking for each of them', async () => {
    let blind = false;
    const world = await holding({
      config: testConfig(exits({ takeProfitPct: 3 })),
      venueFault: (call, phase) => (blind && (call === 'placeStop' || call === 'findStop') && phase === 'before' ? 'error' : 'none'),
    });
    const first = world.exchange.state.openAlgos.map((algo) => algo.clientAlgoId);
    blind = true;
    cancelStops(world);
    await world.time.runUntil(world.time.now() + 4 * MINUTE_MS);
    const [entry] = await world.store.query({ collection: PROTECTIONS, where: [], limit: 9 });
    expect(entry?.data.sent.slice(-2)).toEqual(first);
    blind = false;
    await world.time.runUntil(world.time.now() + MINUTE_MS);
    expect(world.exchange.state.openAlgos.map((algo) => algo.clientAlgoId)).toEqual(first.map((name) => `${name}-2`));
  });
});

describe('a stop whose sender was held up', () => {
  test('is refused, as its name may be in use again; those after it are sent in their own time', async () => {
    const world = await holding({ config: testConfig(exits({ takeProfitPct: 3 })) });
    expect(stops(world)).toEqual(['49000', '51500']);
    cancelStops(world);
    await protectHeldUp(world, 8_000);
    expect(stops(world)).toEqual(['51500']);
    await world.time.runUntil(world.time.now() + MINUTE_MS);
    expect(stops(world)).toEqual(['51500', '49000']);
  });

  test.each([
    ['the only one', {}, ['49000']],
    ['the first of two', { takeProfitPct: 3 }, ['49000', '51500']],
  ])('is known as ours when it fires, where another run has sent it again meanwhile: %s', async (_title, rules, resting) => {
    const world = await holding({ config: testConfig(exits(rules)) });
    cancelStops(world);
    await protectHeldUp(world, MINUTE_MS);
    expect(stops(world)).toEqual(resting);
    await marked(world, 48_900);
    const { records, broken } = await look(world);
    expect(records.trades.map((trade) => trade.closedBy)).toEqual(['stop']);
    expect(broken).toEqual([]);
  });
});

/** A run whose first request to place a stop leaves that much later. */
async function protectHeldUp(world: World, delayMs: number): Promise<void> {
  let isHeldUp = true;
  const step: Step = async (name, effect) => {
    if (name === 'protect.place-stop' && isHeldUp) {
      isHeldUp = false;
      await world.time.runUntil(world.time.now() + delayMs);
    }
    return effect();
  };
  await protect({ ...world.deps(), step });
}

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
