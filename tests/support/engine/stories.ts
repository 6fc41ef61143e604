/**
/**
 * Stories that together pass every step. The market waits for us, so a disturbance changes when things happen and
 * how many attempts it takes, never what is traded at which price.
 */
import { flatten } from '../../../functions/src/app/exits/flatten.ts';
import type { ExchangeState, Order } from '../../../functions/src/domain/matching/exchange-state.ts';
import type { OrderRequest } from '../../../functions/src/domain/matching/order-request.ts';
import { learn } from '../../../functions/src/app/learn/learn.ts';
import { set } from '../../unit/config/config-files.ts';
import { Desk, OUTSIDE_CONFIG } from './desk.ts';
import { brokenPromises } from './broken-promises.ts';
import { testConfig } from './engine-run.ts';
import { readRecords } from './records.ts';
import type { EngineRecords } from './records.ts';
import { candlesWith } from './scripted-market.ts';
import { ENTRY_AT, START, World } from './world.ts';
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

const TIME_LIMITED = testConfig(set('strategies.json', ['strategies', 0, 'exit'], { maxHoldMinutes: 2, stopLossPct: 2, takeProfitPct: null }));

/** The same entry; nothing is screened any more, and the position is closed when its time is up. */
export const timedOut: Story = async (disturbance = {}) => {
  const world = new World({ config: TIME_LIMITED, ...disturbance });
  world.schedule('sync');
  const stopScreening = world.schedule('screen');
  await world.time.runUntil(ENTRY_AT + 90_000);
  stopScreening();
  await world.runUntilQuiet(ENTRY_AT + 5 * MINUTE_MS);
  return told(world);
};

const FLIPPING = testConfig(
  set('strategies.json', ['strategies', 0, 'flip'], 'saga'),
  set('risk.json', ['cooldownSeconds'], 60),
  set('risk.json', ['foreign'], { positions: 'alarm', orders: 'cancel' }),
  set('router.json', ['makerRestSeconds'], 70),
);

/**
 * The same entry, resting over a sync that finds and cancels an order made by hand. A signal for the other side then turns
 * the position round: the long is closed, and then the short is opened.
 */
export const flipped: Story = async (disturbance = {}) => {
  const candles = candlesWith(new Map([[ENTRY_AT, 49_000], [ENTRY_AT + 5 * MINUTE_MS, 52_000]]));
  const world = new World({ config: FLIPPING, candles, ...disturbance });
  world.schedule('sync');
  const stopScreening = world.schedule('screen');
  await world.time.runUntil(ENTRY_AT - 10_000);
  byHand(world, { side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', price: '40000', quantity: '0.01', newClientOrderId: 'by-hand' });
  await world.time.runUntil(ENTRY_AT + 6 * MINUTE_MS);
  stopScreening();
  await world.runUntilQuiet(world.time.now());
  return told(world);
};

const ADOPTING = testConfig(set('risk.json', ['foreign'], { positions: 'adopt', orders: 'ignore' }));

/** Somebody opens a position by hand, which is adopted, cancels its stop, which comes back, then rests an order to close it; an operator flattens the account all the same. */
export const madeByHand: Story = async (disturbance = {}) => {
  const world = new World({ config: ADOPTING, ...disturbance });
  world.schedule('sync');
  await world.time.runUntil(ENTRY_AT + MINUTE_MS - 10_000);
  byHand(world, { side: 'BUY', type: 'MARKET', quantity: '0.008', newClientOrderId: 'by-hand-open' });
  await world.time.runUntil(ENTRY_AT + 2.5 * MINUTE_MS);
  cancelStops(world);
  await world.time.runUntil(ENTRY_AT + 4 * MINUTE_MS + 5000);
  byHand(world, { side: 'SELL', type: 'LIMIT', timeInForce: 'GTC', price: '51000', quantity: '0.006', newClientOrderId: 'by-hand-close' });
  world.request(async (deps) => {
    await flatten(deps, { requestId: 'story', symbol: 'BTCUSDT', positionSide: 'long', actor: 'story' });
  });
  await world.runUntilQuiet(world.time.now());
  return told(world);
};

/** As a person might, at the venue. */
export function cancelStops(world: World): void {
  for (const algoId of world.exchange.state.openAlgos.map((algo) => algo.algoId)) world.exchange.execute('cancelAlgo', { algoId }, world.time.now());
}

/** What a person does at the venue itself, on the long side of BTCUSDT. */
export function byHand(world: World, order: Omit<OrderRequest, 'symbol' | 'positionSide'>): void {
  const answer = world.exchange.execute('placeOrder', { symbol: 'BTCUSDT', positionSide: 'LONG', ...order }, world.time.now());
  if (!answer.ok) throw new Error(`the venue refused an order by hand: ${answer.message}`);
}

/**
 * A model outside enters and, five minutes later, exits by signed signals, while operators look on, keep a symbol out and
 * flatten what is left, which is nothing.
 */
export const signalledFromOutside: Story = async (disturbance = {}) => {
  const world = new World({ config: OUTSIDE_CONFIG, ...disturbance });
  const desk = new Desk();
  world.schedule('sync');
  await world.time.runUntil(ENTRY_AT);
  desk.signals(world, { id: 'in-1', action: 'enter' });
  desk.asks(world, 'viewer', { verb: 'status' });
  desk.asks(world, 'viewer', { verb: 'probe' });
  desk.asks(world, 'viewer', { verb: 'halt', requestId: 'viewer-halts', reason: 'viewers may not' }, 403);
  desk.asks(world, 'operator', { verb: 'disable-symbol', requestId: 'no-more-eth', symbol: 'ETHUSDT', hours: null, reason: 'story' });
  await world.time.runUntil(ENTRY_AT + 5 * MINUTE_MS);
  desk.signals(world, { id: 'out-1', action: 'exit' });
  await world.runUntilQuiet(world.time.now() + 2 * MINUTE_MS);
  desk.asks(world, 'operator', { verb: 'flatten', requestId: 'the-end-of-it', reason: 'story' });
  await world.runUntilQuiet(world.time.now() + MINUTE_MS);
  return told(world);
};

/** Two slices for the same entry: what half of the first one leaves is too little to send and goes with the second. */
const sliced = testConfig(
  set('router.json', ['twapMinNotionalUsd'], 300),
  set('router.json', ['twapSlices'], 2),
);

/** The entry goes in slices a minute apart and stays open; then the routes are learned from. */
export const slicedEntry: Story = async (disturbance = {}) => {
  const world = new World({ config: sliced, ...disturbance });
  world.schedule('sync');
  const stopScreening = world.schedule('screen');
  await world.time.runUntil(ENTRY_AT + 4.5 * MINUTE_MS);
  stopScreening();
  await world.runUntilQuiet(world.time.now());
  await learnOnce(world);
  return told(world);
};

const slicedAndLimited = testConfig(
  set('router.json', ['twapMinNotionalUsd'], 300),
  set('router.json', ['twapSlices'], 2),
  set('router.json', ['twapIntervalSeconds'], 300),
  set('strategies.json', ['strategies', 0, 'exit'], { maxHoldMinutes: 2, stopLossPct: 2, takeProfitPct: null }),
);

/** The same entry in two slices far apart: the time of what the first one has opened is up before the second, which never goes. */
export const endedEntry: Story = async (disturbance = {}) => {
  const world = new World({ config: slicedAndLimited, ...disturbance });
  world.schedule('sync');
  const stopScreening = world.schedule('screen');
  await world.time.runUntil(ENTRY_AT + 90_000);
  stopScreening();
  await world.runUntilQuiet(ENTRY_AT + 7 * MINUTE_MS);
  return told(world);
};

/** As the platform does with a job that fails: once more. */
async function learnOnce(world: World): Promise<void> {
  const at = world.time.now();
  const once = (): Promise<void> => world.invoke((deps) => learn(deps, at));
  await once().catch(once);
}

export async function told(world: World): Promise<Told> {
  const records = withoutPast(await readRecords(world.store));
  return { world, records, broken: brokenPromises(records, withoutHand(world.exchange.state)), result: resultOf(records) };
}

/** What a story has planted of a time before it is nothing that its venue knows of. */
const withoutPast = (records: EngineRecords): EngineRecords => ({ ...records, trades: records.trades.filter(({ closedAt }) => closedAt >= START), routes: records.routes.filter(({ endedAt }) => endedAt >= START) });

const isOurs = (order: Order): boolean => !order.clientOrderId.startsWith('by-hand');

/** Orders made by hand are explained by nothing of ours; their fills are. */
export function withoutHand(state: ExchangeState): ExchangeState {
  const openOrders = Object.fromEntries(Object.entries(state.openOrders).map(([symbol, orders]) => [symbol, orders.filter(isOurs)]));
  return { ...state, openOrders, closedOrders: Object.fromEntries(Object.entries(state.closedOrders).filter(([, order]) => isOurs(order))) };
}

/** What a story must come to, however it was disturbed: all of it but times and attempt numbers. */
export interface Result {
  readonly intents: readonly string[];
  readonly venueOrders: readonly string[];
  readonly fills: readonly string[];
  readonly positions: readonly string[];
  readonly trades: readonly string[];
  readonly routes: readonly string[];
  readonly learned: string | null;
  readonly totals: EngineRecords['risk']['totals'];
}

export function resultOf({ intents, orders, fills, positions, trades, routes, routerHealth, risk }: EngineRecords): Result {
  const atVenue = orders.filter((order) => order.status !== 'absent');
  return {
    intents: intents.map((intent) => `${intent.intentId} ${intent.purpose} ${intent.status} ${intent.executedQty} of ${intent.qty}, maker ${intent.makerQty}, fees ${intent.feesUsd}, PnL ${intent.realizedPnlUsd}`),
    venueOrders: atVenue.map((order) => `${order.intentId} ${order.leg} ${order.qty} at ${order.price ?? 'market'} ${order.status} ${order.executedQty}`).toSorted(),
    fills: fills.map((fill) => `${fill.intentId ?? 'without us'} ${fill.side} ${fill.qty} at ${fill.price}, fee ${fill.feeUsd}`).toSorted(),
    positions: positions.map((position) => `${position.symbol} ${position.positionSide} ${position.qty} PnL ${position.realizedPnlUsd} fees ${position.feesUsd}`),
    trades: trades.map((trade) => `${trade.summary}, fees ${trade.feesUsd}, intents ${trade.intentIds.join(' ')}`),
    routes: routes.map((route) => `${route.summary}, ${route.slices} slices, ${route.requotes} requotes, ${route.cancels} cancels, slippage ${route.slippageBps ?? 'unknown'}`).toSorted(),
    learned: routerHealth === null ? null : `${routerHealth.summary} from ${routerHealth.symbols['BTCUSDT']?.samples ?? 'no'} routes`,
    totals: risk.totals,
  };
}
