/**
 * A position side's way from flat to flat. Its sums grow fill by fill; what closes it turns them into a trade.
 *
 * Realised PnL, fees and funding of all trades, of the round trips under way and the stray ones beside them are what
 * the positions hold over their life, exactly: nothing is counted twice and nothing is left out.
 */
import type { Decimal } from '../money/decimal.ts';
import { ZERO, decimal, divide, text } from '../money/decimal.ts';
import { plusText } from '../money/plus-text.ts';
import type { PositionRecord, RoundTrip } from '../../schema/records/position.ts';
import { tradeId } from '../../schema/records/trade.ts';
import type { TradeRecord } from '../../schema/records/trade.ts';
import type { EpochMs } from '../../schema/scalars.ts';

/** Decimals of an average price; amounts never derive from it. */
const AVERAGE_PLACES = 12;

export type ClosedBy = TradeRecord['closedBy'];

/** One side's share of a fill. */
export interface TripFill {
  readonly id: string;
  readonly intentId: string | null;
  readonly qty: Decimal;
  readonly price: Decimal;
  readonly feeUsd: Decimal;
  readonly realizedPnlUsd: Decimal;
  readonly at: EpochMs;
}

/** The round trip after an opening fill; null: the fill begins it. */
export function opened(trip: RoundTrip | null, fill: TripFill): RoundTrip {
  const quote = fill.qty.times(fill.price);
  if (trip === null) {
    return {
      openedBy: fill.id,
      openedAt: fill.at,
      intentIds: fill.intentId === null ? [] : [fill.intentId],
      openingQty: text(fill.qty),
      openingQuoteUsd: text(quote),
      closingQty: '0',
      closingQuoteUsd: '0',
      realizedPnlUsd: '0',
      feesUsd: text(fill.feeUsd),
      fundingUsd: '0',
    };
  }
  return { ...shared(trip, fill), openingQty: plusText(trip.openingQty, fill.qty), openingQuoteUsd: plusText(trip.openingQuoteUsd, quote) };
}

/** The round trip after a closing fill, of which `fill.qty` found something to close. */
export function closedPart(trip: RoundTrip, fill: TripFill): RoundTrip {
  return {
    ...shared(trip, fill),
    closingQty: plusText(trip.closingQty, fill.qty),
    closingQuoteUsd: plusText(trip.closingQuoteUsd, fill.qty.times(fill.price)),
    realizedPnlUsd: plusText(trip.realizedPnlUsd, fill.realizedPnlUsd),
  };
}

function shared(trip: RoundTrip, { intentId, feeUsd }: TripFill): RoundTrip {
  const isKnown = intentId === null || trip.intentIds.includes(intentId);
  return { ...trip, feesUsd: plusText(trip.feesUsd, feeUsd), intentIds: isKnown ? trip.intentIds : [...trip.intentIds, intentId] };
}

type Owner = Pick<PositionRecord, 'symbol' | 'positionSide' | 'strategy'>;

export function tradeOf({ symbol, positionSide, strategy }: Owner, trip: RoundTrip, closedBy: ClosedBy, closedAt: EpochMs): TradeRecord {
  return withNet({
    summary: '',
    symbol,
    positionSide,
    strategy,
    openedBy: trip.openedBy,
    intentIds: trip.intentIds,
    closedBy,
    qty: trip.openingQty,
    entryNotionalUsd: trip.openingQuoteUsd,
    averageEntryPrice: average(trip.openingQuoteUsd, trip.openingQty),
    averageExitPrice: average(trip.closingQuoteUsd, trip.closingQty),
    realizedPnlUsd: trip.realizedPnlUsd,
    feesUsd: trip.feesUsd,
    fundingUsd: trip.fundingUsd,
    netPnlUsd: '0',
    openedAt: trip.openedAt,
    closedAt,
  });
}

/** Funding that the venue told of after the close. */
export function withFunding(trade: TradeRecord, fundingUsd: Decimal): TradeRecord {
  return withNet({ ...trade, fundingUsd: plusText(trade.fundingUsd, fundingUsd) });
}

export function idOfTrade({ symbol, positionSide, openedAt, openedBy }: TradeRecord): string {
  return tradeId(symbol, positionSide, openedAt, openedBy);
}

function withNet(trade: TradeRecord): TradeRecord {
  const net = text(decimal(trade.realizedPnlUsd).minus(trade.feesUsd).plus(trade.fundingUsd));
  const { symbol, positionSide, qty, averageEntryPrice, averageExitPrice, closedBy } = trade;
  return { ...trade, netPnlUsd: net, summary: `${positionSide} ${qty} ${symbol} from ${averageEntryPrice} to ${averageExitPrice}: net ${net} USD, closed by ${closedBy}` };
}

function average(quote: string, qty: string): string {
  const quantity = decimal(qty);
  return quantity.eq(ZERO) ? '0' : text(divide(decimal(quote), quantity, AVERAGE_PLACES, 'half-even'));
}
