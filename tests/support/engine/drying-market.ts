/**
 * A market that stands still, dips for a minute every few minutes, and in which makers of one symbol find takers until it
 * dries up, and again when it has recovered. Where it flows a print goes through both sides of the book every five seconds.
 */
import type { MarketEvent } from '../../../functions/src/domain/matching/market-event.ts';
import { closedMinuteOf } from '../../../local/venue/market/closed-minute.ts';
import type { MarketFeed, MinuteCandle } from '../../../local/venue/market/market-feed.ts';
import { instrument } from '../../unit/domain/matching/exchange-builder.ts';
import { ASK, BID, SYMBOLS } from './scripted-market.ts';

const MINUTE_MS = 60_000;
const EVERY_MS = 5000;
const VOLUME = { volume: '10', quoteVolume: '500000', trades: 24, takerBuyVolume: '5', takerBuyQuoteVolume: '250000' };

export interface DryingMarket {
  readonly startAt: number;
  readonly dipEveryMs: number;
  /** The symbols that dip, so that something is traded. */
  readonly dipping: readonly string[];
  /** The symbol in which nobody meets a maker from `driesAt` to `flowsAgainAt`. */
  readonly drying: string;
  readonly driesAt: number;
  readonly flowsAgainAt: number;
}

export function dryingMarket(script: DryingMarket): MarketFeed {
  return {
    instruments: SYMBOLS.map((symbol) => instrument({ symbol, baseAsset: symbol.slice(0, 3) })),
    startTime: script.startAt,
    endTime: null,
    *events(after, until) {
      const first = after + EVERY_MS - (after % EVERY_MS);
      for (let time = Math.max(script.startAt, first); time <= until; time += EVERY_MS) {
        for (const symbol of SYMBOLS) yield* standing(symbol, time, isFlowing(script, symbol, time));
      }
    },
    minuteCandles(symbol, from, to, now) {
      const first = Math.ceil(from / MINUTE_MS) * MINUTE_MS;
      const count = Math.max(0, Math.ceil((Math.min(to, now + 1) - first) / MINUTE_MS));
      return Array.from({ length: count }, (_, index) => candle(script, symbol, first + index * MINUTE_MS));
    },
    closedMinutes(symbol, from, to) {
      return this.minuteCandles(symbol, from, to, to - 1).map(closedMinuteOf);
    },
    fundingHistory: () => [],
  };
}

function isFlowing({ drying, driesAt, flowsAgainAt }: DryingMarket, symbol: string, time: number): boolean {
  return symbol !== drying || time < driesAt || time >= flowsAgainAt;
}

function* standing(symbol: string, time: number, hasTakers: boolean): Iterable<MarketEvent> {
  yield { kind: 'quote', symbol, time, bidPrice: BID, bidQty: '1', askPrice: ASK, askQty: '1' };
  if (hasTakers) {
    yield { kind: 'trade', symbol, time, price: '49999.8', qty: '1', aggressor: 'SELL' };
    yield { kind: 'trade', symbol, time, price: '50000.2', qty: '1', aggressor: 'BUY' };
  }
  yield { kind: 'mark', symbol, time, markPrice: '50000', indexPrice: '50000' };
}

/** Closes swing by a tenth of a percent, but for the minutes of a dip. */
function candle({ dipEveryMs, dipping }: DryingMarket, symbol: string, openTime: number): MinuteCandle {
  const closeTime = openTime + MINUTE_MS;
  const isDip = dipping.includes(symbol) && closeTime % dipEveryMs === 0;
  const close = isDip ? 49_500 : 50_000 + ((closeTime / MINUTE_MS) % 2 === 0 ? 25 : -25);
  return { openTime, open: String(close), high: String(close + 25), low: String(close - 25), close: String(close), ...VOLUME };
}
