// Candles of every interval, put together from the feed's minutes. The last one may still be open, as the venue serves it.
import { decimal, max, min, sum, text } from '../../../functions/src/domain/money/decimal.ts';
import type { MinuteCandle } from '../market/market-feed.ts';
import type { Parameters } from '../parameters.ts';
import type { WireValue } from '../wire-json.ts';
import { WireRefusal } from '../wire-refusal.ts';
import { closedRows } from './closed-rows.ts';
import type { Endpoint, EndpointCall } from './endpoint.ts';
import { requiredInstrument } from './symbols.ts';

const MINUTE_MS = 60_000;
const INTERVAL_MINUTES: Readonly<Record<string, number>> = {
  '1m': 1, '3m': 3, '5m': 5, '15m': 15, '30m': 30, '1h': 60, '2h': 120, '4h': 240, '6h': 360, '8h': 480, '12h': 720, '1d': 1440,
};
const LIMIT = { min: 1, max: 1500 };
const DEFAULT_LIMIT = 500;

export const klines: Endpoint = {
  method: 'GET',
  path: '/fapi/v1/klines',
  signed: false,
  weight: klinesWeight,
  parameters: ['symbol', 'interval', 'startTime', 'endTime', 'limit'],
  handle: (call) => {
    const { symbol } = requiredInstrument(call);
    const minutes = INTERVAL_MINUTES[call.parameters.text('interval')];
    if (minutes === undefined) throw new WireRefusal(400, -1120, 'Invalid interval.');
    const interval = minutes * MINUTE_MS;
    const { from, to } = window(call, interval);
    const opens = Array.from({ length: Math.max(0, (to - from) / interval) }, (_, index) => from + index * interval);
    return opens.map((open) => rowAt(call, symbol, open, interval)).filter((found) => found !== null);
  },
};

/** Null where the feed has no minutes. */
function rowAt({ venue, now }: EndpointCall, symbol: string, open: number, interval: number): WireValue | null {
  const closed = closedRows(venue.feed);
  const key = `${symbol}-${interval}-${open}`;
  const known = closed.get(key);
  if (known !== undefined) return known;
  const minutes = venue.feed.minuteCandles(symbol, open, open + interval, now);
  if (minutes.length === 0) return null;
  const made = row(open, interval, minutes);
  if (now >= open + interval) closed.keep(key, made);
  return made;
}

function klinesWeight(parameters: Parameters): number {
  const limit = parameters.integer('limit', LIMIT, DEFAULT_LIMIT);
  if (limit < 100) return 1;
  if (limit < 500) return 2;
  return limit <= 1000 ? 5 : 10;
}

/** With a start the first `limit` candles from it, else the last `limit` ones. Never more than `limit` intervals. */
function window({ parameters, now }: EndpointCall, interval: number): { from: number; to: number } {
  const limit = parameters.integer('limit', LIMIT, DEFAULT_LIMIT);
  const start = parameters.optionalTime('startTime');
  const lastOpen = Math.floor(Math.min(parameters.optionalTime('endTime') ?? now, now) / interval) * interval;
  if (start === undefined) return { from: lastOpen - (limit - 1) * interval, to: lastOpen + interval };
  const from = Math.ceil(start / interval) * interval;
  return { from, to: Math.min(lastOpen + interval, from + limit * interval) };
}

function row(openTime: number, interval: number, minutes: readonly MinuteCandle[]): WireValue {
  const [first, last] = [minutes[0], minutes.at(-1)];
  if (first === undefined || last === undefined) throw new Error(`no minutes in the candle at ${openTime}`);
  const total = (field: 'volume' | 'quoteVolume' | 'takerBuyVolume' | 'takerBuyQuoteVolume'): string =>
    text(sum(minutes.map((minute) => decimal(minute[field]))));
  return [
    openTime,
    first.open,
    text(max(decimal(first.high), ...minutes.map((minute) => decimal(minute.high)))),
    text(min(decimal(first.low), ...minutes.map((minute) => decimal(minute.low)))),
    last.close,
    total('volume'),
    openTime + interval - 1,
    total('quoteVolume'),
    minutes.reduce((count, minute) => count + minute.trades, 0),
    total('takerBuyVolume'),
    total('takerBuyQuoteVolume'),
    '0',
  ];
}
