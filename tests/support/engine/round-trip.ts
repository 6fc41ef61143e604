/**
 * One round trip that passes every step: a signal enters with a resting order that fills by half and a taker for the
 * rest, five minutes later a signal exits. The market waits for us, so a disturbance changes when things happen and
 * how many attempts it takes, never what is traded at which price.
 */
import { brokenPromises } from './broken-promises.ts';
import { readRecords } from './records.ts';
import type { EngineRecords } from './records.ts';
import { ENTRY_AT, World } from './world.ts';
import type { WorldOptions } from './world.ts';

/** The exit's candle closes five minutes after the entry's; one more for the tick to be late. */
const DECIDED_BY = ENTRY_AT + 6 * 60_000;

export interface RoundTrip {
  readonly world: World;
  readonly records: EngineRecords;
  readonly broken: readonly string[];
  readonly result: Result;
}

export async function roundTrip(disturbance: WorldOptions = {}): Promise<RoundTrip> {
  const world = new World(disturbance);
  world.schedule('sync', 'screen');
  await world.runUntilQuiet(DECIDED_BY);
  const records = await readRecords(world.store);
  const venue = world.exchange.state;
  return { world, records, broken: brokenPromises(records, venue), result: resultOf(records) };
}

/** What every run of the round trip must come to, however it was disturbed: all of it but times and attempt numbers. */
export interface Result {
  readonly intents: readonly string[];
  readonly venueOrders: readonly string[];
  readonly fills: readonly string[];
  readonly positions: readonly string[];
  readonly totals: EngineRecords['risk']['totals'];
}

function resultOf({ intents, orders, fills, positions, risk }: EngineRecords): Result {
  const atVenue = orders.filter((order) => order.status !== 'absent');
  return {
    intents: intents.map((intent) => `${intent.intentId} ${intent.purpose} ${intent.status} ${intent.executedQty} of ${intent.qty}, maker ${intent.makerQty}, fees ${intent.feesUsd}, PnL ${intent.realizedPnlUsd}`),
    venueOrders: atVenue.map((order) => `${order.intentId} ${order.leg} ${order.qty} at ${order.price ?? 'market'} ${order.status} ${order.executedQty}`).toSorted(),
    fills: fills.map((fill) => `${fill.intentId ?? ''} ${fill.side} ${fill.qty} at ${fill.price}, fee ${fill.feeUsd}`).toSorted(),
    positions: positions.map((position) => `${position.symbol} ${position.positionSide} ${position.qty} PnL ${position.realizedPnlUsd} fees ${position.feesUsd}`),
    totals: risk.totals,
  };
}
