import type { Exchange } from '../../domain/matching/exchange.ts';
import type { Trade } from '../../domain/matching/exchange-state.ts';
import { queryOrder } from '../../domain/matching/order-history.ts';
import type { Reading } from '../../domain/found.ts';
import type { VenueFill } from '../../domain/order/venue-order.ts';
import type { Venue } from '../../ports/venue.ts';
import type { EpochMs, PositionSide } from '../../schema/scalars.ts';
import type { FaultyLink } from './faulty-link.ts';
import { exposureOf, venueFill } from './order-words.ts';

export function fillReads({ state }: Exchange, link: FaultyLink): Pick<Venue, 'fillsOfOrder' | 'fillsSince'> {
  /** In one-way mode only its order says which exposure a trade moved; null when the exchange has forgotten that order. */
  const sideOf = ({ symbol, orderId, positionSide }: Trade, now: EpochMs): PositionSide | null => {
    if (positionSide !== 'BOTH') return positionSide === 'LONG' ? 'long' : 'short';
    const order = queryOrder(state, { symbol, orderId }, now);
    return order.ok ? exposureOf(order.value) : null;
  };

  const inOurWords = (trades: readonly Trade[], now: EpochMs): readonly VenueFill[] | null => {
    const fills: VenueFill[] = [];
    for (const trade of trades) {
      const side = sideOf(trade, now);
      if (side === null) return null;
      fills.push(venueFill(trade, side));
    }
    return fills;
  };

  return {
    async fillsOfOrder({ symbol, venueOrderId }) {
      const answer = link.read('fillsOfOrder', (now) => {
        const order = queryOrder(state, { symbol, orderId: venueOrderId }, now);
        return order.ok ? inOurWords(state.trades.filter(({ orderId }) => orderId === venueOrderId), now) : null;
      });
      return orUnavailable(answer, `fills of order ${venueOrderId}: the exchange does not know that order`);
    },
    async fillsSince(symbol, since) {
      const answer = link.read('fillsSince', (now) => {
        if (state.instruments[symbol] === undefined) return null;
        return inOurWords(state.trades.filter((trade) => trade.symbol === symbol && trade.time >= since), now);
      });
      return orUnavailable(answer, `fills of ${symbol} since ${since}: the exchange does not know the symbol or one of their orders`);
    },
  };
}

function orUnavailable<T>(answer: Reading<T | null>, cause: string): Reading<T> {
  if (answer.kind === 'unavailable') return answer;
  return answer.value === null ? { kind: 'unavailable', cause } : { ...answer, value: answer.value };
}
