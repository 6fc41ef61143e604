import type { ClosedMinute, MinuteCandle } from './market-feed.ts';

export function closedMinuteOf({ openTime, open, high, low, close, volume }: MinuteCandle): ClosedMinute {
  return { openTime, open: Number(open), high: Number(high), low: Number(low), close: Number(close), volume: Number(volume) };
}
