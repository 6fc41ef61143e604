/**
 * The engine over its real clients (firebase-admin, @google-cloud/pubsub, ccxt), composed as it is deployed. Whatever
 * happens to the answer of an order on the wire, the venue has exactly one order per leg.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { execute } from '../../../functions/src/app/orders/execute.ts';
import { sync } from '../../../functions/src/app/sync/sync.ts';
import type { IntentRecord } from '../../../functions/src/schema/records/intent.ts';
import type { FaultEffect, FaultRule } from '../../../local/venue/faults.ts';
import { brokenPromises } from '../../support/engine/broken-promises.ts';
import { anExit, anIntent, plant } from '../../support/engine/planted-intent.ts';
import { readRecords } from '../../support/engine/records.ts';
import { startWireWorld } from '../../support/engine/wire-world.ts';
import type { WireWorld } from '../../support/engine/wire-world.ts';
import { set } from '../../unit/config/config-files.ts';

const MINUTE_MS = 60_000;
const ORDER = { method: 'POST', path: '/fapi/v1/order' };
const HTML = '<html><body>Gateway</body></html>';

let wire: WireWorld;

beforeAll(async () => {
  wire = await startWireWorld(
    set('runtime.json', ['deadlineMs'], 1500),
    set('router.json', ['maxIntentSeconds'], 600),
    set('risk.json', ['maxTradesPerSymbolPerHour'], 1000),
  );
});

afterAll(async () => {
  await wire.close();
});

interface WireFault {
  readonly title: string;
  readonly when: FaultRule['when'];
  readonly effect: FaultEffect;
}

const ARRIVED: readonly WireFault[] = [
  { title: 'a connection dropped after the venue accepted', when: 'after', effect: { kind: 'drop' } },
  { title: '503 after the venue accepted', when: 'after', effect: { kind: 'answer', status: 503, body: HTML, contentType: 'text/html' } },
  { title: 'an empty 200 after the venue accepted', when: 'after', effect: { kind: 'answer', status: 200, body: '' } },
  { title: 'no answer after the venue accepted', when: 'after', effect: { kind: 'hang' } },
  { title: 'half an answer after the venue accepted', when: 'after', effect: { kind: 'truncate' } },
];

const NEVER_ARRIVED: readonly WireFault[] = [
  { title: 'a connection dropped before the venue read', when: 'before', effect: { kind: 'drop' } },
  { title: 'a hanging request that the venue never read', when: 'before', effect: { kind: 'hang' } },
  { title: '503 Service Unavailable', when: 'before', effect: { kind: 'answer', status: 503, body: '{"code":0,"msg":"Service Unavailable."}' } },
];

/** Works an entry with a fault on its maker or its taker, then closes it; what the venue has of both afterwards. */
async function roundTrip({ when, effect }: WireFault, leg: 'maker' | 'taker') {
  await wire.passTime(20 * MINUTE_MS);
  await wire.run((deps) => sync(deps, wire.now() - (wire.now() % MINUTE_MS)));
  const entry = anIntent({ createdAt: wire.now() });
  await plant(wire.store, entry);
  const firedBefore = wire.venue.faults.fired;
  if (leg === 'maker') wire.venue.faults.add({ match: ORDER, when, effect, times: 1 });
  await wire.run(async (deps) => {
    // Confirm is not woken before the fault of its order is armed.
    await execute({ ...deps, bus: { publish: () => Promise.resolve() } }, entry);
  });
  if (leg === 'taker') wire.venue.faults.add({ match: ORDER, when, effect, times: 1 });
  await wire.runUntilQuiet();
  const exit = anExit({ createdAt: wire.now() });
  await plant(wire.store, exit);
  await wire.run((deps) => deps.bus.publish('order-intents', [{ intentId: exit.intentId }]));
  await wire.runUntilQuiet();
  const records = await readRecords(wire.store);
  return {
    faults: wire.venue.faults.fired - firedBefore,
    entry: attemptsOf(records.orders, entry),
    exit: attemptsOf(records.orders, exit),
    broken: brokenPromises(records, wire.venue.core.state),
  };
}

function attemptsOf(orders: Awaited<ReturnType<typeof readRecords>>['orders'], { intentId }: IntentRecord): string[] {
  return orders
    .filter((order) => order.intentId === intentId)
    .toSorted((a, b) => a.attempt - b.attempt)
    .map((order) => `${order.leg} ${order.status} ${order.executedQty}`);
}

const UNDISTURBED = { faults: 1, entry: ['maker canceled 0', 'taker filled 0.008'], exit: ['taker filled 0.008'], broken: [] };

describe('on the wire', () => {
  test.each(ARRIVED)('$title of the resting order leads to one order per leg', async (fault) => {
    expect(await roundTrip(fault, 'maker')).toEqual(UNDISTURBED);
  });

  test.each(ARRIVED)('$title of the taking order leads to one order per leg', async (fault) => {
    expect(await roundTrip(fault, 'taker')).toEqual(UNDISTURBED);
  });

  test.each(NEVER_ARRIVED)('$title is proven absent before the next attempt', async (fault) => {
    expect(await roundTrip(fault, 'maker')).toEqual({ ...UNDISTURBED, entry: ['maker absent 0', 'maker canceled 0', 'taker filled 0.008'] });
  });
});
