/** Orders and trades by hand with more fills than one commit of the database can hold: booked in parts, and exactly. */
import { expect, test } from 'vitest';
import type { VenueFill } from '../../../functions/src/domain/order/venue-order.ts';
import { ZERO, decimal } from '../../../functions/src/domain/money/decimal.ts';
import { asQty, asUsd } from '../../../functions/src/domain/money/units.ts';
import type { Venue } from '../../../functions/src/ports/venue.ts';
import { begin, byHand, look, minutes } from '../../support/engine/hand-run-syncs.ts';
import { ends, syncedWorld, workOff } from '../../support/engine/one-intent.ts';
import { anIntent } from '../../support/engine/planted-intent.ts';
import type { World } from '../../support/engine/world.ts';

/** How many fills were new in each of the commits so far. */
function watchedCommits() {
  const counts: number[] = [];
  const watched: { world: World | null } = { world: null };
  const count = (): number => [...(watched.world?.store.dump().keys() ?? [])].filter((path) => path.includes('/fills/')).length;
  return {
    commitFault: () => {
      counts.push(count());
      return 'none' as const;
    },
    watch: (world: World) => {
      watched.world = world;
    },
    fillsPerCommit: () => [...counts, count()].map((fills, index, all) => fills - (all[index - 1] ?? 0)).filter((added) => added > 0),
  };
}

/** Every trade told as very many small ones. */
function inPieces(fill: VenueFill, pieces: number): readonly VenueFill[] {
  return Array.from({ length: pieces }, (_, index) => ({
    ...fill,
    tradeId: `${fill.tradeId}${String(index).padStart(6, '0')}`,
    qty: asQty(fill.qty.times(decimal('0.001'))),
    feeAmount: index === 0 ? fill.feeAmount : ZERO,
    realizedPnl: index === 0 ? fill.realizedPnl : asUsd(ZERO),
  }));
}

test('an order of a thousand trades is booked in parts, without waiting between them, and settles', async () => {
  const commits = watchedCommits();
  const world = await syncedWorld({ makerFills: { share: '1', afterMs: 3000 }, commitFault: commits.commitFault });
  commits.watch(world);
  const whole = world.venue.fillsOfOrder.bind(world.venue);
  const readAt: number[] = [];
  const fillsOfOrder: Venue['fillsOfOrder'] = async (ref) => {
    readAt.push(world.time.now());
    const read = await whole(ref);
    return read.kind === 'found' ? { ...read, value: read.value.flatMap((fill) => inPieces(fill, 1000)) } : read;
  };
  world.venue.fillsOfOrder = fillsOfOrder;
  const worked = await workOff(world, anIntent({ createdAt: world.time.now() }));
  expect(commits.fillsPerCommit()).toEqual([400, 400, 200]);
  expect(readAt).toHaveLength(1);
  expect(ends(worked)).toEqual(['settled 0.008 of 0.008: filled']);
  const { records } = worked;
  expect(records.orders.map((order) => [order.status, order.executedQty, order.bookedQty])).toEqual([['filled', '0.008', '0.008']]);
  expect(records.positions.map((position) => position.qty)).toEqual(['0.008']);
  expect([records.risk.reservations, records.incidents, records.compared?.ledgerAgrees]).toEqual([{}, [], true]);
});

test('hundreds of trades by hand are booked sync by sync until ledger and venue agree', async () => {
  const world = await begin();
  for (let index = 0; index < 901; index += 1) {
    byHand(world, { side: index % 2 === 0 ? 'BUY' : 'SELL', positionSide: 'LONG', quantity: '0.002' });
    await world.time.runUntil(world.time.now() + 10);
  }
  const booked: number[] = [];
  for (let minute = 0; minute < 6; minute += 1) {
    await minutes(world, 1);
    booked.push((await look(world)).fills.length);
  }
  expect(booked.map((fills, index) => fills - (booked[index - 1] ?? 0)).filter((added) => added > 0)).toEqual([400, 400, 101]);
  const { positions, adjustments, incidents, differences, compared } = await look(world);
  expect(positions.map((position) => position.qty)).toEqual(['0.002']);
  expect([adjustments, incidents, differences, compared?.ledgerAgrees]).toEqual([[], [], [], true]);
});
