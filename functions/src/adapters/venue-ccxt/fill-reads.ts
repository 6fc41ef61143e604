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

const CONCURRENT_ORDER_CALLS = 8;

export function createFillReads(connection: Connection): Pick<Venue, 'fillsOfOrder' | 'fillsSince'> {
  return {
    async fillsOfOrder({ symbol, clientOrderId, venueOrderId }) {
      const params = { symbol, orderId: venueOrderId, limit: String(TRADES_PER_PAGE) };
      const trades = await connection.read('fapiPrivateGetUserTrades', params, z.array(wireTrade.refine((trade) => trade.symbol === symbol && trade.orderId === venueOrderId, `a trade of order ${venueOrderId} of ${symbol}`)));
      if (trades.kind === 'found' && trades.value.length >= TRADES_PER_PAGE) {
        return { kind: 'unavailable', cause: `fills of ${clientOrderId}: ${TRADES_PER_PAGE} rows, there may be more` };
      }
      return fillsOf(connection, symbol, trades);
    },
    fillsSince: async (symbol, since) => fillsOf(connection, symbol, await readTradesSince(connection, symbol, since)),
  };
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
