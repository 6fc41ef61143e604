/** The ledger of one symbol inside a transaction: what is read before booking and what is written after it. */
import type { PositionMode } from '../../domain/account/account.ts';
import { isOpening } from '../../domain/ledger/book-fill.ts';
import type { PositionSides, SymbolBooks } from '../../domain/ledger/book-on-sides.ts';
import { oppositeOf } from '../../domain/ledger/net-fill.ts';
import { idOfTrade } from '../../domain/ledger/round-trip.ts';
import type { VenueFill } from '../../domain/order/venue-order.ts';
import type { Transaction } from '../../ports/store.ts';
import { FILLS, fillId } from '../../schema/records/fill.ts';
import type { FillRecord } from '../../schema/records/fill.ts';
import { MARKETS } from '../../schema/records/market-metadata.ts';
import { POSITIONS, positionKey } from '../../schema/records/position.ts';
import { RISK_STATE, RISK_STATE_ID } from '../../schema/records/risk-state.ts';
import { TRADES } from '../../schema/records/trade.ts';
import type { TradeRecord } from '../../schema/records/trade.ts';
import type { PositionSide } from '../../schema/scalars.ts';
import type { EngineDeps } from '../engine-deps.ts';

export function readPositions(tx: Transaction, symbol: string): Promise<PositionSides> {
  return tx.get({
    long: { collection: POSITIONS, id: positionKey(symbol, 'long') },
    short: { collection: POSITIONS, id: positionKey(symbol, 'short') },
  });
}

/** Which trades of a report are booked already. */
export async function knownTrades(tx: Pick<Transaction, 'get'>, symbol: string, fills: readonly VenueFill[]): Promise<ReadonlySet<string>> {
  if (fills.length === 0) return new Set();
  const wanted = Object.fromEntries(fills.map((fill) => [fill.tradeId, { collection: FILLS, id: fillId(symbol, fill.tradeId) }]));
  const got = await tx.get(wanted);
  return new Set(Object.entries(got).flatMap(([tradeId, record]) => (record === null ? [] : [tradeId])));
}

/**
 * For the fills of one order, all on one side. The mode is asked only where it matters: when they open one side while the
 * other one is open. Null: not known, so booking waits.
 */
export async function bookingMode(deps: EngineDeps, tx: Transaction, positions: PositionSides, fills: readonly VenueFill[]): Promise<PositionMode | null> {
  const isHeld = (side: PositionSide): boolean => positions[side] !== null && positions[side].lots.length > 0;
  const meetsOther = fills.some((fill) => isOpening(fill.side, fill.positionSide) && isHeld(oppositeOf(fill.positionSide)));
  return meetsOther ? positionMode(deps, tx) : 'hedge';
}

/** As sync last read it; null when it never has. */
export async function positionMode(deps: EngineDeps, tx: Transaction): Promise<PositionMode | null> {
  const { markets } = await tx.get({ markets: { collection: MARKETS, id: deps.venueName } });
  return markets?.positionMode ?? null;
}

interface Booked {
  readonly books: SymbolBooks;
  readonly fills: readonly FillRecord[];
  readonly trades: readonly TradeRecord[];
}

/** Fills, trades, moved positions and the risk document, as one part of the caller's commit. */
export function writeBooked(tx: Transaction, before: PositionSides, { books, fills, trades }: Booked): void {
  for (const fill of fills) tx.create(FILLS, fillId(fill.symbol, fill.tradeId), fill);
  for (const trade of trades) tx.create(TRADES, idOfTrade(trade), trade);
  writePositions(tx, before, books.positions);
  tx.set(RISK_STATE, RISK_STATE_ID, books.risk);
}

/** Those that have changed. */
export function writePositions(tx: Transaction, before: PositionSides, after: PositionSides): void {
  for (const side of ['long', 'short'] as const) {
    const position = after[side];
    if (position !== null && position !== before[side]) tx.set(POSITIONS, positionKey(position.symbol, side), position);
  }
}
