/**
 * Stories that together pass every step. The market waits for us, so a disturbance changes when things happen and
 * how many attempts it takes, never what is traded at which price.
 */
import { flatten } from '../../../functions/src/app/flatten.ts';
import { brokenPromises } from './broken-promises.ts';
import { readRecords } from './records.ts';
import type { EngineRecords } from './records.ts';
import { ENTRY_AT, World } from './world.ts';
import type { WorldOptions } from './world.ts';

const MINUTE_MS = 60_000;

export interface Told {
  readonly world: World;
  readonly records: EngineRecords;
  readonly broken: readonly string[];
  readonly result: Result;
}

export type Story = (disturbance?: WorldOptions) => Promise<Told>;

/**
 * A signal enters with a resting order that fills by half and a taker for the rest; a stop is placed. Five minutes later
 * a signal exits, and the stop goes. A minute more for the tick to be late.
 */
export const roundTrip: Story = async (disturbance = {}) => {
  const world = new World(disturbance);
  world.schedule('sync');
  const stopScreening = world.schedule('screen');
  await world.time.runUntil(ENTRY_AT + 6 * MINUTE_MS);
  stopScreening();
  await world.runUntilQuiet(world.time.now());
  return told(world);
};

/** The same entry; screening ends before a signal could exit, the market falls, and the stop closes without us. */
export const stoppedOut: Story = async (disturbance = {}) => {
  const world = new World(disturbance);
  world.schedule('sync');
  const stopScreening = world.schedule('screen');
  await world.time.runUntil(ENTRY_AT + 4.5 * MINUTE_MS);
  stopScreening();
  world.market.move('48899.9', '48900.1', '48900');
  await world.runUntilQuiet(ENTRY_AT + 7 * MINUTE_MS);
  return told(world);
};

/**
 * The same entry; while its order rests half filled, an operator flattens the account. The entry ends with what it has,
 * which is closed.
 */
export const flattened: Story = async (disturbance = {}) => {
  const world = new World(disturbance);
  world.schedule('sync');
  const stopScreening = world.schedule('screen');
  await world.time.runUntil(ENTRY_AT + 5000);
  stopScreening();
  world.request(async (deps) => {
    await flatten(deps, { requestId: 'story', symbol: null, positionSide: null, actor: 'story' });
  });
  await world.runUntilQuiet(world.time.now());
  return told(world);
};

async function told(world: World): Promise<Told> {
  const records = await readRecords(world.store);
  return { world, records, broken: brokenPromises(records, world.exchange.state), result: resultOf(records) };
}

/** What a story must come to, however it was disturbed: all of it but times and attempt numbers. */
export interface Result {
  readonly intents: readonly string[];
  readonly venueOrders: readonly string[];
  readonly fills: readonly string[];
  readonly positions: readonly string[];
  readonly trades: readonly string[];
  readonly totals: EngineRecords['risk']['totals'];
}

function resultOf({ intents, orders, fills, positions, trades, risk }: EngineRecords): Result {
  const atVenue = orders.filter((order) => order.status !== 'absent');
  return {
    intents: intents.map((intent) => `${intent.intentId} ${intent.purpose} ${intent.status} ${intent.executedQty} of ${intent.qty}, maker ${intent.makerQty}, fees ${intent.feesUsd}, PnL ${intent.realizedPnlUsd}`),
    venueOrders: atVenue.map((order) => `${order.intentId} ${order.leg} ${order.qty} at ${order.price ?? 'market'} ${order.status} ${order.executedQty}`).toSorted(),
    fills: fills.map((fill) => `${fill.intentId ?? 'without us'} ${fill.side} ${fill.qty} at ${fill.price}, fee ${fill.feeUsd}`).toSorted(),
    positions: positions.map((position) => `${position.symbol} ${position.positionSide} ${position.qty} PnL ${position.realizedPnlUsd} fees ${position.feesUsd}`),
    trades: trades.map((trade) => `${trade.summary}, fees ${trade.feesUsd}, intents ${trade.intentIds.join(' ')}`),
    totals: risk.totals,
  };
}
