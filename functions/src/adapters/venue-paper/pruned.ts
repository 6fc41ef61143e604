/**
 * Keeps the account small. What is older than the horizon goes: ended orders and stops with their trades, and income
 * rows into one sum per kind, asset and symbol. About 1,000 orders a week fill 200 KiB of the document.
 *
 * 1. The horizon is seven days back, or nearer when more than 1,000 orders, 4,000 trades or 4,000 income rows have come since.
 * 2. The wallet still equals the sum of its income rows. A sum bears the id and the time of the newest row in it, which
 *    whoever reads income by its cursor has long booked.
 * 3. A trade stays as long as its order, and a symbol's latest filled order stays, so a reader that goes on from the last
 *    fill it knows misses nothing; one that asks for more is told so by `tradesPrunedUntil`.
 */
import type { ExchangeState, IncomeRow, Order, Trade } from '../../domain/matching/exchange-state.ts';
import { decimal, text } from '../../domain/money/decimal.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { PaperBooks } from './paper-books.ts';

const KEPT_MS = 7 * 86_400_000;
const MOST_ORDERS = 1000;
const MOST_TRADES = 4000;
const MOST_INCOME_ROWS = 4000;

export function pruned(books: PaperBooks, now: EpochMs): PaperBooks {
  const { exchange } = books;
  const weekAgo = now - KEPT_MS;
  const horizon = Math.max(...overflow(endsOfOrders(exchange), MOST_ORDERS), ...overflow(timesOf(exchange.trades), MOST_TRADES), weekAgo);
  const latest = latestTrades(exchange.trades);
  const keepsOrder = ({ orderId, updateTime }: Order): boolean => updateTime > horizon || latest.has(orderId);
  const closedOrders = keeping(exchange.closedOrders, keepsOrder);
  const closedAlgos = keeping(exchange.closedAlgos, ({ updateTime }) => updateTime > horizon);
  const openIds = new Set(Object.values(exchange.openOrders).flatMap((orders) => orders.map(({ orderId }) => orderId)));
  const openAlgoIds = new Set(exchange.openAlgos.map(({ algoId }) => algoId));
  const staysTrade = ({ orderId }: Trade): boolean => openIds.has(orderId) || closedOrders[orderId] !== undefined;
  return {
    ...books,
    exchange: {
      ...exchange,
      closedOrders,
      closedAlgos,
      orderIdByClientId: keeping(exchange.orderIdByClientId, (id) => openIds.has(id) || closedOrders[id] !== undefined),
      algoIdByClientId: keeping(exchange.algoIdByClientId, (id) => openAlgoIds.has(id) || closedAlgos[id] !== undefined),
      trades: exchange.trades.filter(staysTrade),
      income: summedUntil(Math.max(...overflow(timesOf(exchange.income), MOST_INCOME_ROWS), weekAgo), exchange.income),
    },
    tradesPrunedUntil: { ...books.tradesPrunedUntil, ...newestBySymbol(exchange.trades.filter((trade) => !staysTrade(trade))) },
  };
}

function endsOfOrders({ closedOrders }: ExchangeState): EpochMs[] {
  return Object.values(closedOrders).map(({ updateTime }) => updateTime);
}

function timesOf(rows: readonly { readonly time: EpochMs }[]): EpochMs[] {
  return rows.map(({ time }) => time);
}

/** The time up to which all but the newest `most` lie; none when there are no more than that. */
function overflow(times: readonly EpochMs[], most: number): readonly EpochMs[] {
  return times.toSorted((a, b) => b - a).slice(most, most + 1);
}

/** Orders that traded in the latest millisecond of trading of their symbol. */
function latestTrades(trades: readonly Trade[]): ReadonlySet<string> {
  const newest = newestBySymbol(trades);
  return new Set(trades.filter(({ symbol, time }) => time === newest[symbol]).map(({ orderId }) => orderId));
}

/** Trades come in the order of their times. */
function newestBySymbol(trades: readonly Trade[]): Record<string, EpochMs> {
  return Object.fromEntries(trades.map(({ symbol, time }) => [symbol, time]));
}

function keeping<T>(entries: Readonly<Record<string, T>>, keeps: (value: T) => boolean): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => keeps(value)));
}

function summedUntil(horizon: EpochMs, income: readonly IncomeRow[]): IncomeRow[] {
  const sums = new Map<string, IncomeRow>();
  for (const row of income.filter(({ time }) => time <= horizon)) {
    const key = `${row.incomeType} ${row.asset} ${row.symbol}`;
    const before = sums.get(key);
    sums.set(key, before === undefined ? row : { ...row, tradeId: '', income: text(decimal(before.income).plus(row.income)) });
  }
  const carried = [...sums.values()].toSorted((a, b) => a.time - b.time);
  return [...carried, ...income.filter(({ time }) => time > horizon)];
}
