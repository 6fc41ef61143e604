import { GeneratedSource } from './generated-source.ts';
import type { GeneratedSymbol } from './generated-symbol.ts';
import type { MarketFeed } from './market-feed.ts';
import { MinuteMarketFeed } from './minute-market-feed.ts';
import { MINUTE_MS } from './unit-candle.ts';

const HISTORY_MS = 90 * 86_400_000;

export interface GeneratedFeedOptions {
  /** The same seed gives the same market, to the last digit. */
  readonly seed: string;
  readonly symbols: readonly GeneratedSymbol[];
  /** Epoch milliseconds, a whole minute. Candles and funding of the 90 days before it are served as history. */
  readonly startTime: number;
}

/**
 * A market that never ends, worked out minute by minute when asked for.
 * Throws RangeError for a start that is not a whole minute, for no symbols, or for a symbol named twice.
 *
 * @example generatedFeed({ seed: 'demo', symbols: [{ symbol: 'BTCUSDT' }], startTime: Date.UTC(2026, 0, 1) })
 */
export function generatedFeed(options: GeneratedFeedOptions): MarketFeed {
  const { seed, symbols, startTime } = options;
  if (!Number.isSafeInteger(startTime) || startTime < 0 || startTime % MINUTE_MS !== 0) {
    throw new RangeError(
      `startTime is ${startTime}, allowed is a whole minute in epoch milliseconds. Round it down to ${MINUTE_MS}.`,
    );
  }
  if (symbols.length === 0) throw new RangeError('symbols is empty, at least one is needed. Name one, for example BTCUSDT.');
  const twice = symbols.find(({ symbol }, i) => symbols.findIndex((other) => other.symbol === symbol) !== i);
  if (twice !== undefined) throw new RangeError(`symbols names ${twice.symbol} twice, once is allowed. Remove one.`);
  const historyStart = Math.max(0, startTime - HISTORY_MS);
  return new MinuteMarketFeed(
    symbols.map((symbol) => new GeneratedSource(seed, symbol, historyStart)),
    startTime,
    null,
  );
}
