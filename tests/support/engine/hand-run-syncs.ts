/** Worlds in which syncs are run by hand, each with the venue a test wants it to see, and trades are made without us. */
import { expect } from 'vitest';
import { sync } from '../../../functions/src/app/sync/sync.ts';
import type { OrderRequest } from '../../../functions/src/domain/matching/order-request.ts';
import type { Venue } from '../../../functions/src/ports/venue.ts';
import { compareBooks } from '../../../local/compare-books.ts';
import { venueBooks } from '../../../local/venue-books.ts';
import { anIntent, plant } from './planted-intent.ts';
import { readRecords } from './records.ts';
import { World } from './world.ts';
import type { WorldOptions } from './world.ts';

const MINUTE = 60_000;

export async function begin(options: WorldOptions = {}): Promise<World> {
  const world = new World(options);
  await minutes(world, 1);
  return world;
}

/** Syncs once a minute. */
export async function minutes(world: World, count: number, seen: Partial<Venue> = {}): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    const deps = world.deps();
    const done = sync({ ...deps, venue: { ...deps.venue, ...seen } }, world.time.now());
    await world.time.runUntil(world.time.now() + MINUTE);
    await done;
  }
}

/** One intent from planting to its end. */
export async function work(world: World, intent: ReturnType<typeof anIntent>): Promise<void> {
  await plant(world.store, intent);
  await world.bus.publish('order-intents', [intent]);
  await world.time.runUntil(world.time.now() + 3 * MINUTE);
}

export function byHand(world: World, order: Pick<OrderRequest, 'side' | 'quantity' | 'positionSide' | 'reduceOnly'>): void {
  expect(world.exchange.execute('placeOrder', { symbol: 'BTCUSDT', type: 'MARKET', ...order }, world.time.now()).ok).toBe(true);
}

export async function look(world: World) {
  const records = await readRecords(world.store);
  const { differences } = compareBooks(records, venueBooks(world.exchange.state));
  return { ...records, differences };
}

export const HELD = { qty: '0.008', positionSide: 'LONG', side: 'SELL' } as const;

export async function holding(begun: Promise<World> = begin()): Promise<World> {
  const world = await begun;
  await work(world, anIntent({ createdAt: world.time.now() }));
  await minutes(world, 3);
  return world;
}
