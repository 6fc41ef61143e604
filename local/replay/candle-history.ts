/** Closed candles of every timeframe, put together from a feed's minutes. Those of the last request are kept, so that the next one adds what has closed since. */
import type { Candle } from '../../functions/src/domain/market/market.ts';
import type { Timeframe } from '../../functions/src/schema/scalars.ts';
import type { ClosedMinute, MarketFeed } from '../venue/market/market-feed.ts';

const MINUTE_MS = 60_000;
const TIMEFRAME_MINUTES: Readonly<Record<Timeframe, number>> = { '1m': 1, '5m': 5, '15m': 15, '1h': 60, '4h': 240 };

/** The last `count` candles closed at `now`, oldest first; null for a symbol that the feed does not have. */
export type CandlesOf = (symbol: string, timeframe: Timeframe, count: number, now: number) => readonly Candle[] | null;

export function candleHistory(feed: MarketFeed): CandlesOf {
  const symbols = new Set(feed.instruments.map(({ symbol }) => symbol));
  const kept = new Map<string, readonly Candle[]>();
  return (symbol, timeframe, count, now) => {
    if (!symbols.has(symbol)) return null;
    const key = `${symbol} ${timeframe}`;
    const candles = upTo(feed, symbol, TIMEFRAME_MINUTES[timeframe] * MINUTE_MS, count, now, kept.get(key) ?? []);
    kept.set(key, candles);
    return candles;
  };
}

function upTo(feed: MarketFeed, symbol: string, stepMs: number, count: number, now: number, known: readonly Candle[]): readonly Candle[] {
  const end = now - (now % stepMs);
  const wanted = end - count * stepMs;
  const held = known.filter((candle) => candle.openAt >= wanted && candle.closeAt <= end);
  const isJoined = held[0]?.openAt === wanted || (held.length > 0 && known.length === held.length && held.length < count);
  const from = isJoined ? (held.at(-1)?.closeAt ?? wanted) : wanted;
  const fresh: Candle[] = [];
  for (let openAt = from; openAt < end; openAt += stepMs) {
    const candle = candleOf(feed.closedMinutes(symbol, openAt, openAt + stepMs), openAt, stepMs);
    if (candle !== null) fresh.push(candle);
  }
  return [...(isJoined ? held : []), ...fresh];
}

/** Null where the feed has no minutes. */
function candleOf(minutes: readonly ClosedMinute[], openAt: number, stepMs: number): Candle | null {
  const [first, last] = [minutes[0], minutes.at(-1)];
  if (first === undefined || last === undefined) return null;
  return {
    openAt,
    closeAt: openAt + stepMs,
    open: first.open,
    high: Math.max(...minutes.map((minute) => minute.high)),
    low: Math.min(...minutes.map((minute) => minute.low)),
    close: last.close,
    volume: minutes.reduce((sum, minute) => sum + minute.volume, 0),
  };
}
