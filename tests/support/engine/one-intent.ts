/** A world with one intent in it: synced, planted, woken, and left to itself until nothing is open. */
import type { IntentRecord } from '../../../functions/src/schema/records/intent.ts';
import type { OrderRecord } from '../../../functions/src/schema/records/order.ts';
import { brokenPromises } from './broken-promises.ts';
import { anIntent, plant } from './planted-intent.ts';
import { readRecords } from './records.ts';
import type { EngineRecords } from './records.ts';
import { ENTRY_AT, World } from './world.ts';
import type { WorldOptions } from './world.ts';

export interface Worked {
  readonly world: World;
  readonly records: EngineRecords;
  readonly broken: readonly string[];
}

/** A world that has synced for a minute and goes on doing so. */
export async function syncedWorld(options: WorldOptions = {}): Promise<World> {
  const world = new World(options);
  world.schedule('sync');
  await world.time.runUntil(ENTRY_AT);
  return world;
}

export async function workOff(world: World, ...intents: readonly IntentRecord[]): Promise<Worked> {
  await plant(world.store, ...intents);
  await world.bus.publish('order-intents', intents.map(({ intentId }) => ({ intentId })));
  await world.runUntilQuiet(world.time.now());
  return look(world);
}

export async function look(world: World): Promise<Worked> {
  const records = await readRecords(world.store);
  return { world, records, broken: brokenPromises(records, world.exchange.state) };
}

/** The default entry from planting to its end. */
export async function workOffOne(options: WorldOptions = {}, changes: Partial<IntentRecord> = {}): Promise<Worked> {
  const world = await syncedWorld(options);
  return workOff(world, anIntent({ createdAt: world.time.now(), ...changes }));
}

/** Attempts in their order: `maker canceled 0.004` and the like. */
export function attempts({ records }: Worked): readonly string[] {
  return records.orders.toSorted((a: OrderRecord, b: OrderRecord) => a.attempt - b.attempt).map((order) => `${order.leg} ${order.status} ${order.executedQty}`);
}

/** What became of the intents, by id. */
export function ends({ records }: Worked): readonly string[] {
  return records.intents.map((intent) => `${intent.status} ${intent.executedQty} of ${intent.qty}: ${intent.statusReason ?? ''}`);
}
