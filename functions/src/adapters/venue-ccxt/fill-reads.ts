import { z } from 'zod';
import type { Reading } from '../../domain/found.ts';
import type { VenueFill } from '../../domain/order/venue-order.ts';
import type { Venue } from '../../ports/venue.ts';
import type { PositionSide } from '../../schema/scalars.ts';
import type { Connection } from './connection.ts';
import { mapConcurrently } from './map-concurrently.ts';
import { type WireTrade, venueFill, wireTrade } from './parse-fill.ts';
import { wireOrder } from './parse-order.ts';
import { TRADES_PER_PAGE, readTradesSince } from './trade-pages.ts';
import { wireId, wireTime } from './wire-scalars.ts';

const CONCURRENT_ORDER_CALLS = 8;

type FilledOrder = Parameters<Venue['fillsOfOrder']>[0];

/** When an order was placed: none of its trades is from before. */
const wirePlaced = z.looseObject({ symbol: z.string(), orderId: wireId, time: wireTime });

export function createFillReads(connection: Connection): Pick<Venue, 'fillsOfOrder' | 'fillsSince'> {
  return {
    fillsOfOrder: async (ref) => fillsOf(connection, ref.symbol, await tradesOfOrder(connection, ref)),
    fillsSince: async (symbol, since) => fillsOf(connection, symbol, await readTradesSince(connection, symbol, since)),
  };
}

/** One page of an order's trades is not said to be its first: a full one is no part of the answer. All are then found from the time of the order on. */
async function tradesOfOrder(connection: Connection, { symbol, venueOrderId }: FilledOrder): Promise<Reading<readonly WireTrade[]>> {
  const params = { symbol, orderId: venueOrderId, limit: String(TRADES_PER_PAGE) };
  const trades = await connection.read('fapiPrivateGetUserTrades', params, z.array(wireTrade.refine((trade) => trade.symbol === symbol && trade.orderId === venueOrderId, `a trade of order ${venueOrderId} of ${symbol}`)));
  if (trades.kind === 'unavailable' || trades.value.length < TRADES_PER_PAGE) return trades;
  const placed = await connection.read('fapiPrivateGetOrder', { symbol, orderId: venueOrderId }, wirePlaced.refine((order) => order.symbol === symbol && order.orderId === venueOrderId, `an answer about order ${venueOrderId}`));
  if (placed.kind === 'unavailable') return placed;
  const since = await readTradesSince(connection, symbol, placed.value.time);
  if (since.kind === 'unavailable') return since;
  return { ...since, value: since.value.filter(({ orderId }) => orderId === venueOrderId) };
}

async function fillsOf(connection: Connection, symbol: string, trades: Reading<readonly WireTrade[]>): Promise<Reading<readonly VenueFill[]>> {
  if (trades.kind === 'unavailable') return trades;
  const nettedOrders = new Set(trades.value.filter(({ positionSide }) => positionSide === 'BOTH').map(({ orderId }) => orderId));
  const sides = await sidesOfOrders(connection, symbol, [...nettedOrders]);
  const fills: VenueFill[] = [];
  for (const trade of trades.value) {
    const side = trade.positionSide === 'BOTH' ? sides.get(trade.orderId) : trade.positionSide === 'LONG' ? 'long' : 'short';
    if (side === undefined) {
      const cause = `fills of order ${trade.orderId}: only that order says whether they are long or short, and it cannot be read`;
      return { kind: 'unavailable', cause };
    }
    fills.push(venueFill(trade, side));
  }
  return { ...trades, value: fills };
}

/** In one-way mode only its order says which exposure a trade moved. Orders that cannot be read are missing. */
async function sidesOfOrders(connection: Connection, symbol: string, orderIds: readonly string[]): Promise<ReadonlyMap<string, PositionSide>> {
  const orders = await mapConcurrently(orderIds, CONCURRENT_ORDER_CALLS, (orderId) =>
    connection.read('fapiPrivateGetOrder', { symbol, orderId }, wireOrder.refine((order) => order.symbol === symbol && order.venueOrderId === orderId, `an answer about order ${orderId}`)),
  );
  const read = orders.filter((order) => order.kind === 'found').map(({ value }) => value);
  return new Map(read.map(({ venueOrderId, positionSide }) => [venueOrderId, positionSide]));
}
