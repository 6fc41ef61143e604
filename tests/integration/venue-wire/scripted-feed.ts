// A market told event by event, for tests that decide themselves what happens when.
import type { MarketEvent } from '../../../functions/src/domain/matching/market-event.ts';
import type { VenueInstrument } from '../../../functions/src/domain/matching/venue-instrument.ts';
import { closedMinuteOf } from '../../../local/venue/market/closed-minute.ts';
import type { MarketFeed, MinuteCandle } from '../../../local/venue/market/market-feed.ts';

export interface Script {
  readonly instruments: readonly VenueInstrument[];
  readonly startTime: number;
  /** Ordered by time. Tests may append while the venue runs. */
  readonly events: readonly MarketEvent[];
  readonly candles?: readonly MinuteCandle[];
}

export function scriptedFeed({ instruments, startTime, events, candles = [] }: Script): MarketFeed {
  return {
    instruments,
    startTime,
    endTime: null,
    events: (after, until) => events.filter((event) => event.time > after && event.time <= until),
    minuteCandles: (symbol, from, to, now) =>
      symbol === instruments[0]?.symbol ? candles.filter(({ openTime }) => openTime >= from && openTime < to && openTime <= now) : [],
    closedMinutes(symbol, from, to) {
      return this.minuteCandles(symbol, from, to, to - 1).map(closedMinuteOf);
    },
    fundingHistory: (symbol, from, to) =>
      events.filter((event) => event.kind === 'funding').filter((event) => event.symbol === symbol && event.time >= from && event.time <= to),
  };
}
