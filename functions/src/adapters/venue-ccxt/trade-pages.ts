/**
 * All trades of a symbol since a time, page by page. Binance finds the first ones by time, within windows of a week at
 * most, and goes on by trade id; ids rise with time. More than the pages allowed is unavailable, never a part.
 */
import { z } from 'zod';
import type { Reading } from '../../domain/found.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { describeFailure } from './call-failure.ts';
import { compareIds } from './compare-ids.ts';
import type { Connection, Params } from './connection.ts';
import { type WireTrade, wireTrade } from './parse-fill.ts';

/** The most rows of one answer. */
export const TRADES_PER_PAGE = 1000;

const MOST_PAGES = 50;
const WEEK_MS = 7 * 86_400_000;

type Place = { readonly startAt: EpochMs } | { readonly fromId: string };

export async function readTradesSince(connection: Connection, symbol: string, since: EpochMs): Promise<Reading<readonly WireTrade[]>> {
  const now = await connection.venueNow();
  if (!now.ok) return { kind: 'unavailable', cause: describeFailure(now.failure) };
  const trades: WireTrade[] = [];
  let place: Place = { startAt: since };
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const params = { symbol, limit: String(TRADES_PER_PAGE), ...paramsOf(place) };
    const read = await connection.read('fapiPrivateGetUserTrades', params, z.array(wireTrade.refine((trade) => trade.symbol === symbol, `a trade of ${symbol}`)));
    if (read.kind === 'unavailable') return read;
    const rows = read.value.toSorted((a, b) => compareIds(a.id, b.id));
    trades.push(...rows);
    if (rows.length < TRADES_PER_PAGE && reaches(place, now.value)) return { kind: 'found', value: trades, asOf: now.asOf };
    place = placeAfter(place, rows.at(-1));
  }
  return { kind: 'unavailable', cause: `trades of ${symbol} since ${since}: more than ${MOST_PAGES} pages, ask from a later time` };
}

function paramsOf(place: Place): Params {
  if ('fromId' in place) return { fromId: place.fromId };
  return { startTime: String(place.startAt), endTime: String(endOf(place.startAt)) };
}

function reaches(place: Place, now: EpochMs): boolean {
  return 'fromId' in place || endOf(place.startAt) >= now;
}

function placeAfter(place: Place, last: WireTrade | undefined): Place {
  if (last !== undefined) return { fromId: String(BigInt(last.id) + 1n) };
  return 'fromId' in place ? place : { startAt: endOf(place.startAt) + 1 };
}

/** The last millisecond of the window. */
function endOf(startAt: EpochMs): EpochMs {
  return startAt + WEEK_MS;
}
