/** Two syncs that find the same difference: what one has settled is neither settled nor reported again by the other. */
import { describe, expect, test } from 'vitest';
import { sync } from '../../../functions/src/app/sync/sync.ts';
import type { Venue } from '../../../functions/src/ports/venue.ts';
import { HELD, begin, byHand, holding, look, minutes } from '../../support/engine/hand-run-syncs.ts';
import type { World } from '../../support/engine/world.ts';

const MINUTE = 60_000;

/** A sync that stands still before it asks for trades, or with the positions it has read. */
interface Halted {
  readonly asked: Promise<void>;
  readonly goOn: () => void;
  readonly ended: Promise<void>;
}

function haltedSync(world: World, scheduledAt: number, where: 'fillsSince' | 'positions' = 'fillsSince'): Halted {
  const asked = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const deps = world.deps();
  const halt = async (): Promise<void> => {
    asked.resolve();
    await released.promise;
  };
  const { venue } = deps;
  const halting: Partial<Venue> = {
    fillsSince: async (...asking) => {
      await halt();
      return venue.fillsSince(...asking);
    },
    positions: async () => {
      const read = await venue.positions();
      await halt();
      return read;
    },
  };
  return { asked: asked.promise, goOn: released.resolve, ended: sync({ ...deps, venue: { ...venue, [where]: halting[where] } }, scheduledAt) };
}

/** Both have compared before the first books what it finds; the second goes on when `until` has passed. */
async function overlapping(world: World, until: () => Promise<void>): Promise<void> {
  const at = world.time.now();
  const first = haltedSync(world, at);
  await world.time.runUntil(at + 5000);
  await first.asked;
  const second = haltedSync(world, at + 1);
  await world.time.runUntil(at + 10_000);
  await second.asked;
  first.goOn();
  await world.time.runUntil(at + 20_000);
  await first.ended;
  await until();
  second.goOn();
  await world.time.runUntil(world.time.now() + MINUTE);
  await second.ended;
}

const reported = async (world: World) => {
  const { incidents, reconciliations } = await look(world);
  return [incidents.filter(({ kind }) => kind === 'ledgerMismatch').map(({ summary }) => summary), reconciliations.filter(({ resolvedAt }) => resolvedAt === null).map(({ summary }) => summary)];
};

const partlyClosed = async (): Promise<World> => {
  const world = await holding();
  byHand(world, { side: HELD.side, positionSide: HELD.positionSide, quantity: '0.003' });
  return world;
};

const openedAndClosed = async (): Promise<World> => {
  const world = await begin();
  for (const side of ['BUY', 'SELL'] as const) byHand(world, { side, positionSide: 'LONG', quantity: '0.01' });
  return world;
};

const FOUND = [['a position', partlyClosed, '0.005', 3], ['sums of the account', openedAndClosed, '0', 2]] as const;

describe.each(FOUND)('of two syncs that find %s different over one trade by hand', (_what, traded, qty, fillCount) => {
  test('the second reports nothing when the first has booked it meanwhile', async () => {
    const world = await traded();
    await overlapping(world, () => Promise.resolve());
    await minutes(world, 3);
    const { positions, fills, differences, compared } = await look(world);
    expect([positions[0]?.qty, fills.length, differences, compared?.ledgerAgrees]).toEqual([qty, fillCount, [], true]);
    expect(await reported(world)).toEqual([[], []]);
  });

  test('the second leaves nothing open when a later sync has found both to agree meanwhile', async () => {
    const world = await traded();
    await overlapping(world, () => minutes(world, 3));
    expect(await reported(world)).toEqual([[], []]);
    expect((await look(world)).compared?.ledgerAgrees).toBe(true);
  });
});

describe('of two syncs the one that began first and compares last', () => {
  test('knows of the difference that the other has reported: its end is recorded', async () => {
    const world = await holding();
    const at = world.time.now();
    const first = haltedSync(world, at, 'positions');
    await world.time.runUntil(at + 5000);
    await first.asked;
    byHand(world, { side: HELD.side, positionSide: HELD.positionSide, quantity: '0.003' });
    await minutes(world, 1, { fillsSince: () => Promise.resolve({ kind: 'unavailable', cause: 'no answer within the deadline' }) });
    expect((await look(world)).incidents).not.toEqual([]);
    await minutes(world, 1);
    first.goOn();
    await world.time.runUntil(world.time.now() + 5000);
    await first.ended;
    await minutes(world, 5);
    const { incidents, reconciliations, compared } = await look(world);
    expect([...incidents, ...reconciliations].filter(({ resolvedAt }) => resolvedAt === null)).toEqual([]);
    expect(compared?.ledgerAgrees).toBe(true);
  });
});
