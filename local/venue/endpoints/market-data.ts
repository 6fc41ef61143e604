import { bestLevel, displayedLevels } from '../../../functions/src/domain/matching/depth-model.ts';
import type { BookSide } from '../../../functions/src/domain/matching/depth-model.ts';
import { marketOf } from '../../../functions/src/domain/matching/matching-context.ts';
import { text } from '../../../functions/src/domain/money/decimal.ts';
import type { WireValue } from '../wire-json.ts';
import { invalidParameter } from '../wire-refusal.ts';
import type { Endpoint, EndpointCall } from './endpoint.ts';
import { requiredInstrument, selectedInstruments } from './symbols.ts';

const DEPTH_WEIGHTS: Readonly<Record<number, number>> = { 5: 2, 10: 2, 20: 2, 50: 2, 100: 5, 500: 10, 1000: 20 };
const PRINTS_WINDOW_MS = 60_000;
const LIMIT = { min: 1, max: 1000 };

const time: Endpoint = {
  method: 'GET',
  path: '/fapi/v1/time',
  signed: false,
  weight: 1,
  parameters: [],
  handle: ({ serverTime }) => ({ serverTime }),
};

const depth: Endpoint = {
  method: 'GET',
  path: '/fapi/v1/depth',
  signed: false,
  weight: (parameters) => DEPTH_WEIGHTS[parameters.integer('limit', LIMIT, 500)] ?? 20,
  parameters: ['symbol', 'limit'],
  handle: (call) => {
    const { symbol } = requiredInstrument(call);
    const limit = call.parameters.integer('limit', LIMIT, 500);
    if (DEPTH_WEIGHTS[limit] === undefined) throw invalidParameter('limit');
    const updated = marketOf(call.venue.exchange.state, symbol).quote?.time ?? call.now;
    return { lastUpdateId: updated, E: call.now, T: updated, bids: sideOf(call, 'bid', limit), asks: sideOf(call, 'ask', limit) };
  },
};

const bookTicker: Endpoint = {
  method: 'GET',
  path: '/fapi/v1/ticker/bookTicker',
  signed: false,
  weight: (parameters) => (parameters.optionalText('symbol') === undefined ? 5 : 2),
  parameters: ['symbol'],
  handle: (call) => oneOrAll(call, (symbol) => {
    const { state } = call.venue.exchange;
    const instrument = state.instruments[symbol];
    const market = marketOf(state, symbol);
    if (instrument === undefined || market.quote === null) return null;
    const bid = bestLevel(instrument, market, 'bid');
    const ask = bestLevel(instrument, market, 'ask');
    return {
      symbol,
      bidPrice: bid === null ? '0' : text(bid.price),
      bidQty: bid === null ? '0' : text(bid.qty),
      askPrice: ask === null ? '0' : text(ask.price),
      askQty: ask === null ? '0' : text(ask.qty),
      time: market.quote.time,
      lastUpdateId: market.quote.time,
    };
  }),
};

const premiumIndex: Endpoint = {
  method: 'GET',
  path: '/fapi/v1/premiumIndex',
  signed: false,
  weight: (parameters) => (parameters.optionalText('symbol') === undefined ? 10 : 1),
  parameters: ['symbol'],
  handle: (call) => oneOrAll(call, (symbol) => {
    const { markPrice, indexPrice, markTime, fundingRate, nextFundingTime } = marketOf(call.venue.exchange.state, symbol);
    if (markPrice === null || indexPrice === null) return null;
    return {
      symbol,
      markPrice,
      indexPrice,
      estimatedSettlePrice: indexPrice,
      lastFundingRate: fundingRate,
      interestRate: '0.0001',
      nextFundingTime,
      time: markTime,
    };
  }),
};

const fundingInfo: Endpoint = {
  method: 'GET',
  path: '/fapi/v1/fundingInfo',
  signed: false,
  weight: 0,
  parameters: [],
  handle: ({ venue }) =>
    Object.values(venue.exchange.state.instruments).map(({ symbol, fundingIntervalHours }) => ({
      symbol,
      adjustedFundingRateCap: '0.02',
      adjustedFundingRateFloor: '-0.02',
      fundingIntervalHours,
      disclaimer: false,
    })),
};

const fundingRate: Endpoint = {
  method: 'GET',
  path: '/fapi/v1/fundingRate',
  signed: false,
  weight: 1,
  parameters: ['symbol', 'startTime', 'endTime', 'limit'],
  handle: (call) => {
    const { symbol } = requiredInstrument(call);
    const limit = call.parameters.integer('limit', LIMIT, 100);
    const start = call.parameters.optionalTime('startTime');
    const end = Math.min(call.parameters.optionalTime('endTime') ?? call.now, call.now);
    const settled = call.venue.feed.fundingHistory(symbol, start ?? 0, end);
    const page = start === undefined ? settled.slice(-limit) : settled.slice(0, limit);
    return page.map((event) => ({ symbol, fundingTime: event.time, fundingRate: event.rate, markPrice: '' }));
  },
};

/** Prints of the last minute; each stands for one aggregate trade. */
const aggTrades: Endpoint = {
  method: 'GET',
  path: '/fapi/v1/aggTrades',
  signed: false,
  weight: 20,
  parameters: ['symbol', 'limit'],
  handle: (call) => {
    const { symbol } = requiredInstrument(call);
    const limit = call.parameters.integer('limit', LIMIT, 500);
    const trades: WireValue[] = [];
    for (const event of call.venue.feed.events(call.now - PRINTS_WINDOW_MS, call.now)) {
      if (event.kind !== 'trade' || event.symbol !== symbol) continue;
      const id = event.time * 1000 + (trades.length % 1000);
      trades.push({ a: id, p: event.price, q: event.qty, f: id, l: id, T: event.time, m: event.aggressor === 'SELL' });
    }
    return trades.slice(-limit);
  },
};

export const MARKET_DATA: readonly Endpoint[] = [time, depth, bookTicker, premiumIndex, fundingInfo, fundingRate, aggTrades];

function sideOf(call: EndpointCall, side: BookSide, limit: number): WireValue {
  const instrument = requiredInstrument(call);
  const levels: WireValue[] = [];
  for (const level of displayedLevels(instrument, marketOf(call.venue.exchange.state, instrument.symbol), side)) {
    if (levels.length === limit) break;
    levels.push([text(level.price), text(level.qty)]);
  }
  return levels;
}

/** Symbols without market data yet are left out of a list. */
function oneOrAll(call: EndpointCall, describe: (symbol: string) => WireValue): WireValue {
  const rows = selectedInstruments(call).map(({ symbol }) => describe(symbol)).filter((row) => row !== null);
  return call.parameters.optionalText('symbol') === undefined ? rows : (rows[0] ?? null);
}
