/** Whatever is unclear about the venue's answers, an order is looked up and never sent a second time. */
import { describe, expect, test } from 'vitest';
import type { Fault, FaultPhase, FaultPlan } from '../../../functions/src/adapters/venue-simulated/fault-plan.ts';
import { flatten } from '../../../functions/src/app/exits/flatten.ts';
import { execute } from '../../../functions/src/app/orders/execute.ts';
import { testConfig } from '../../support/engine/engine-run.ts';
import { attempts, look, syncedWorld, workOff, workOffOne } from '../../support/engine/one-intent.ts';
import type { Worked } from '../../support/engine/one-intent.ts';
import { anExit, anIntent, plant } from '../../support/engine/planted-intent.ts';
import { roundTrip } from '../../support/engine/stories.ts';
import { oneTrouble } from '../../support/engine/venue-faults.ts';
import type { VenueTrouble } from '../../support/engine/venue-faults.ts';
import { ENTRY_AT, START, World } from '../../support/engine/world.ts';
import { set } from '../../unit/config/config-files.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const venueOrders = ({ world }: Worked): string[] => {
  const { openOrders, closedOrders } = world.exchange.state;
  return [...Object.values(openOrders).flat(), ...Object.values(closedOrders)].map((order) => order.clientOrderId);
};

interface PlaceCase {
  readonly title: string;
  readonly occurrence: 1 | 2;
  readonly phase: FaultPhase;
  readonly fault: Fault;
  /** What the two legs then come to. */
  readonly legs: readonly string[];
}

const UNDISTURBED = ['maker canceled 0.004', 'taker filled 0.004'];

const PLACES: readonly PlaceCase[] = [
  { title: 'a maker order that arrived without an answer', occurrence: 1, phase: 'after', fault: 'lost', legs: UNDISTURBED },
  { title: 'a maker order with an unreadable answer', occurrence: 1, phase: 'after', fault: 'error', legs: UNDISTURBED },
  { title: 'a maker order that arrives at the last moment', occurrence: 1, phase: 'before', fault: 'late', legs: UNDISTURBED },
  { title: 'a maker order that never arrived', occurrence: 1, phase: 'before', fault: 'lost', legs: ['maker absent 0', ...UNDISTURBED] },
  { title: 'a maker order that an overloaded venue refused', occurrence: 1, phase: 'before', fault: 'error', legs: ['maker absent 0', ...UNDISTURBED] },
  { title: 'a taker that arrived without an answer', occurrence: 2, phase: 'after', fault: 'lost', legs: UNDISTURBED },
  { title: 'a taker that arrives at the last moment', occurrence: 2, phase: 'before', fault: 'late', legs: UNDISTURBED },
  {
    title: 'a taker that never arrived', occurrence: 2, phase: 'before', fault: 'lost',
    legs: ['maker canceled 0.004', 'taker absent 0', 'taker filled 0.004'],
  },
];

describe('an unclear reply', () => {
  test.each(PLACES)('to $title is followed by exactly one order at the venue per leg', async ({ legs, ...trouble }) => {
    const worked = await workOffOne({ venueFault: oneTrouble({ call: 'place', ...trouble }) });
    expect(attempts(worked)).toEqual(legs);
    expect(venueOrders(worked)).toHaveLength(2);
    expect(worked.broken).toEqual([]);
  });

  test('is not cleared by absence while the request may still be on its way', async () => {
    const world = await syncedWorld({ venueFault: oneTrouble({ call: 'place', phase: 'before', fault: 'late', occurrence: 1 }) });
    const createdAt = world.time.now();
    const intent = anIntent({ createdAt });
    await plant(world.store, intent);
    await world.bus.publish('order-intents', [intent]);
    await world.time.runUntil(createdAt + 4000);
    const early = await look(world);
    expect(attempts(early)).toEqual(['maker ambiguous 0']);
    expect(venueOrders(early)).toEqual([]);
    await world.time.runUntil(createdAt + 9000);
    const later = await look(world);
    expect(attempts(later)).toEqual(['maker working 0']);
    expect(venueOrders(later)).toHaveLength(1);
  });

  test('keeps the engine asking and sends nothing more while the venue cannot be asked', async () => {
    let silent = true;
    const lostPlace = oneTrouble({ call: 'place', phase: 'before', fault: 'lost', occurrence: 1 });
    const venueFault: FaultPlan = (call, phase) => (silent && call === 'findOrder' ? 'lost' : lostPlace(call, phase));
    const world = await syncedWorld({ venueFault });
    const intent = anIntent({ createdAt: world.time.now() });
    await plant(world.store, intent);
    await world.bus.publish('order-intents', [intent]);
    await world.time.runUntil(START + 5 * MINUTE_MS);
    const meanwhile = await look(world);
    expect(attempts(meanwhile)).toEqual(['maker ambiguous 0']);
    expect(meanwhile.records.incidents.map((incident) => incident.kind)).toEqual(['ambiguousTooLong']);
    silent = false;
    await world.runUntilQuiet(world.time.now());
    expect(attempts(await look(world))).toEqual(['maker absent 0', 'maker canceled 0.004', 'taker filled 0.004']);
  });
});

describe('an order that was cancelled while the engine stood still', () => {
  const RESTING = testConfig(set('router.json', ['exitsGoTaker'], false));

  /** A close rests when the engine stops, and has been cancelled by hand when the engine goes on after `awayMs`. */
  async function afterStandstill(awayMs: number): Promise<World> {
    let isStanding = false;
    const world = new World({ config: RESTING, makerFills: { share: '0', afterMs: 0 }, publishFault: () => (isStanding ? 'notStored' : 'none') });
    const stopSyncing = world.schedule('sync');
    await world.time.runUntil(ENTRY_AT);
    await workOff(world, anIntent({ createdAt: world.time.now() }));
    stopSyncing();
    isStanding = true;
    const exit = anExit({ createdAt: world.time.now() });
    await plant(world.store, exit);
    await world.invoke((deps) => execute(deps, exit));
    world.exchange.execute('cancelOrder', { symbol: 'BTCUSDT', orderId: world.exchange.state.openOrders['BTCUSDT']?.[0]?.orderId ?? 'none' }, world.time.now());
    await world.time.runUntil(world.time.now() + awayMs);
    isStanding = false;
    world.schedule('sync');
    await world.time.runUntil(world.time.now() + 10 * MINUTE_MS);
    return world;
  }

  test.each([['the venue still tells of it', DAY_MS, 'venue: canceled'], ['the venue has forgotten it', 4 * DAY_MS, expect.stringContaining('no longer at the venue')]])(
    'is over when %s, and keeps nothing from closing the position',
    async (_title, awayMs, reason: string) => {
      const world = await afterStandstill(awayMs);
      const { records } = await look(world);
      const exit = records.intents.find(({ purpose }) => purpose === 'close');
      expect(records.orders.filter(({ reducing }) => reducing)).toMatchObject([{ status: 'canceled', statusReason: reason, executedQty: '0' }]);
      expect([exit?.status, records.risk.reservations]).toEqual(['expired', {}]);
      expect(records.incidents.filter(({ resolvedAt }) => resolvedAt === null)).toEqual([]);
      await world.invoke(async (deps) => {
        await flatten(deps, { requestId: 'r1', symbol: null, positionSide: null, actor: 'ops' });
      });
      await world.runUntilQuiet(world.time.now());
      const after = await look(world);
      expect(after.records.positions.map(({ qty }) => qty)).toEqual(['0']);
      expect(after.broken).toEqual([]);
    },
  );
});

/** The first sync has asked once for each of what can be read: it probes the venue. */
const TROUBLES: readonly (VenueTrouble & { readonly title: string })[] = [
  { title: 'a cancel that never arrived', call: 'cancel', phase: 'before', fault: 'lost', occurrence: 1 },
  { title: 'a cancel whose answer was lost', call: 'cancel', phase: 'after', fault: 'lost', occurrence: 1 },
  { title: 'a cancel that arrives at the last moment', call: 'cancel', phase: 'before', fault: 'late', occurrence: 1 },
  { title: 'trades that could not be read', call: 'fillsOfOrder', phase: 'before', fault: 'lost', occurrence: 1 },
  { title: 'an order that could not be looked up', call: 'findOrder', phase: 'before', fault: 'lost', occurrence: 2 },
  { title: 'quotes that could not be read before the second leg', call: 'quotes', phase: 'before', fault: 'lost', occurrence: 3 },
];

describe('the end is the same after', () => {
  test.each(TROUBLES)('$title', async (trouble) => {
    const worked = await workOffOne({ venueFault: oneTrouble(trouble) });
    expect(attempts(worked)).toEqual(UNDISTURBED);
    expect(worked.broken).toEqual([]);
  });

  /** How many times each has been read when the sync under way comes; an execute has read the marks too. */
  const READS = [['account', 4], ['positions', 4], ['incomeSince', 4], ['marks', 5]] as const;
  test.each(READS)('a sync under way that could not read %s', async (call, occurrence) => {
    const worked = await workOffOne({ venueFault: oneTrouble({ call, phase: 'before', fault: 'lost', occurrence }) });
    expect(worked.world.logLines.filter((line) => line.includes('sync: degraded'))).toHaveLength(1);
    expect(attempts(worked)).toEqual(UNDISTURBED);
    expect(worked.broken).toEqual([]);
  });
});

describe('a killed sender whose order is still on its way', () => {
  const CASES = [
    { step: 'execute.place', shape: 'after', occurrence: 1, nth: 1 },
    { step: 'execute.record-outcome', shape: 'before', occurrence: 1, nth: 1 },
    { step: 'confirm.place', shape: 'after', occurrence: 1, nth: 2 },
    { step: 'confirm.record-outcome', shape: 'before', occurrence: 1, nth: 2 },
  ] as const;

  test.each(CASES)('at $step, killed $shape it, leaves one order per leg', async ({ nth, ...crash }) => {
    const undisturbed = await roundTrip();
    const { world, broken, result } = await roundTrip({ crash, venueFault: oneTrouble({ call: 'place', phase: 'before', fault: 'late', occurrence: nth }) });
    expect(world.crashes.fired).toBe(true);
    expect(broken).toEqual([]);
    expect(result).toEqual(undisturbed.result);
  });
});

test('two wake-ups of one intent at once send one order', async () => {
  const world = await syncedWorld({ delivery: 'concurrently' });
  const worked = await workOff(world, anIntent({ createdAt: world.time.now() }));
  expect(attempts(worked)).toEqual(UNDISTURBED);
  expect(venueOrders(worked)).toHaveLength(2);
  expect(worked.broken).toEqual([]);
});
