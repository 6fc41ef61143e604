/** Our records against the venue's books, to the last digit. Every difference is named; none is rounded away. */
import { STOP_PREFIX } from '../functions/src/domain/exits/stop-id.ts';
import { decimal, sum, text } from '../functions/src/domain/money/decimal.ts';
import type { Decimal } from '../functions/src/domain/money/decimal.ts';
import type { FillRecord } from '../functions/src/schema/records/fill.ts';
import type { IncomeState } from '../functions/src/schema/records/income-state.ts';
import type { OrderRecord } from '../functions/src/schema/records/order.ts';
import type { PositionRecord } from '../functions/src/schema/records/position.ts';
import { positionKey } from '../functions/src/schema/records/position.ts';
import type { TradeRecord } from '../functions/src/schema/records/trade.ts';
import type { VenueBooks } from './venue-books.ts';

export interface OurBooks {
  readonly positions: readonly PositionRecord[];
  readonly trades: readonly TradeRecord[];
  readonly fills: readonly FillRecord[];
  readonly orders: readonly OrderRecord[];
  readonly income: IncomeState | null;
}

export interface BookComparison {
  readonly differences: readonly string[];
  /** Venue orders that no order or stop of ours explains, and client order ids the venue has more than once. */
  readonly duplicates: number;
}

export function compareBooks(ours: OurBooks, venue: VenueBooks): BookComparison {
  const differences: string[] = [];
  const expectEqual = (what: string, our: string, their: string): void => {
    if (!decimal(our).eq(their)) differences.push(`${what}: ours ${our}, venue ${their}`);
  };
  const held = new Map(ours.positions.filter((position) => position.lots.length > 0).map((position) => [positionKey(position.symbol, position.positionSide), position.qty]));
  for (const key of new Set([...held.keys(), ...venue.positions.keys()])) {
    expectEqual(`position ${key}`, held.get(key) ?? '0', text(venue.positions.get(key) ?? decimal('0')));
  }
  expectEqual('fees', text(sum(ours.positions.map((position) => decimal(position.feesUsd)))), text(venue.feesUsd));
  expectEqual('fees of fills', text(sum(ours.fills.map((fill) => decimal(fill.feeUsd)))), text(venue.feesUsd));
  expectEqual('realised PnL (venue method)', text(sum(ours.positions.map((position) => decimal(position.venueRealizedPnlUsd)))), text(venue.realizedPnlUsd));
  expectEqual('funding', ours.income?.fundingUsd ?? '0', text(venue.fundingUsd));
  const trips = tripSums(ours);
  expectEqual('realised PnL of trades and open round trips', trips.realizedPnlUsd, text(sum(ours.positions.map((position) => decimal(position.realizedPnlUsd)))));
  expectEqual('fees of trades and open round trips', trips.feesUsd, text(venue.feesUsd));
  expectEqual('funding of trades and open round trips', trips.fundingUsd, text(venue.fundingUsd));
  expectEqual('commission income', ours.income?.commissionUsd ?? '0', text(venue.feesUsd.neg()));
  expectEqual('wallet', text(venue.startUsd.plus(venue.realizedPnlUsd).minus(venue.feesUsd).plus(venue.fundingUsd)), text(venue.walletUsd));
  if (ours.fills.length !== venue.trades) differences.push(`fills: ours ${ours.fills.length}, venue ${venue.trades}`);
  return { differences, duplicates: duplicatesOf(ours.orders, venue) };
}

/** Trades, what is under way, and what belongs to no round trip: everything that was ever earned or paid. */
function tripSums({ positions, trades, income }: OurBooks) {
  const others = positions.flatMap(({ roundTrip, stray }) => [stray, ...(roundTrip === null ? [] : [roundTrip])]);
  const of = (pick: (trip: PositionRecord['stray']) => string): Decimal => sum([...trades, ...others].map((trip) => decimal(pick(trip))));
  return {
    realizedPnlUsd: text(of((trip) => trip.realizedPnlUsd)),
    feesUsd: text(of((trip) => trip.feesUsd)),
    fundingUsd: text(of((trip) => trip.fundingUsd).plus(income?.unassignedFundingUsd ?? '0')),
  };
}

function duplicatesOf(orders: readonly OrderRecord[], venue: VenueBooks): number {
  const known = new Set(orders.map((order) => order.clientOrderId));
  const seen = new Set<string>();
  let duplicates = 0;
  for (const order of venue.orders) {
    if (venue.triggered.get(order.orderId)?.startsWith(STOP_PREFIX) === true) continue;
    if (!known.has(order.clientOrderId) || seen.has(order.clientOrderId)) duplicates += 1;
    seen.add(order.clientOrderId);
  }
  return duplicates + overlapsOf(orders);
}

/** Attempts of one intent whose lives overlap at the venue: the next was armed before the earlier one had ended. */
function overlapsOf(orders: readonly OrderRecord[]): number {
  let overlaps = 0;
  for (const attempts of Map.groupBy(orders, (order) => order.intentId).values()) {
    const sorted = attempts.toSorted((a, b) => a.attempt - b.attempt);
    for (const [index, order] of sorted.entries()) {
      const next = sorted[index + 1];
      if (next !== undefined && (order.terminalAt === null || next.armedAt < order.terminalAt)) overlaps += 1;
    }
  }
  return overlaps;
}
