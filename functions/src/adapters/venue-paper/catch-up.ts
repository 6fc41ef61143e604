// Brings the paper account from where it was stored to the market that was just read.
import type { Candle, Mark, Quote } from '../../domain/market/market.ts';
import type { ExchangeState } from '../../domain/matching/exchange-state.ts';
import type { FundingEvent, MarketEvent, MarkEvent, QuoteEvent, TradeEvent } from '../../domain/matching/market-event.ts';
import { decimal, decimalOfStatistic, isPositive, text } from '../../domain/money/decimal.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { type MarketSince, minutesCountFrom } from './market-since.ts';
import type { PaperAccount } from './paper-account.ts';
import type { AnnouncedFunding } from './paper-books.ts';
import { FUNDING_INTERVAL_HOURS, type PaperTerms } from './paper-terms.ts';

/** More decimals than any price or volume has. */
const PLACES = 12;
const FUNDING_INTERVAL_MS = FUNDING_INTERVAL_HOURS * 3_600_000;

/**
 * Events happen in the order of their times, at one time minutes, funding, quotes, marks; none happens before what the
 * account has already seen, so nothing is ever booked behind the back of a reader that goes on from the last row it knows.
 */
export function catchUp(account: PaperAccount, since: MarketSince, terms: PaperTerms): void {
  list(account, since, terms);
  const { exchange } = account;
  for (const event of eventsSince(account, since).toSorted((a, b) => a.time - b.time)) {
    exchange.applyMarketEvent({ ...event, time: Math.max(event.time, exchange.state.time) });
  }
  for (const { symbol, fundingRate, nextFundingAt } of since.marks) {
    const known = account.announced[symbol];
    if (known !== undefined && nextFundingAt < known.settlesAt) continue;
    account.announced[symbol] = { rate: text(fundingRate), settlesAt: nextFundingAt };
  }
  account.marketAt = Math.max(account.marketAt, since.readAt);
}

function list(account: PaperAccount, { instruments, readAt }: MarketSince, terms: PaperTerms): void {
  const { exchange, termsReadAt } = account;
  for (const instrument of instruments) {
    if (exchange.state.assets[instrument.marginAsset] === undefined) continue;
    exchange.execute('listInstrument', { instrument: terms.contract(instrument), leverage: terms.leverage }, readAt);
    termsReadAt[instrument.symbol] = readAt;
  }
}

function eventsSince({ exchange: { state }, announced }: PaperAccount, { minutes, quotes, marks, readAt }: MarketSince): readonly MarketEvent[] {
  const listed = <T extends { readonly symbol: string }>(rows: readonly T[]): readonly T[] => rows.filter(({ symbol }) => state.instruments[symbol] !== undefined);
  return [
    ...listed(minutes).flatMap(({ symbol, candles }) => candles.flatMap((candle) => printsThrough(state, symbol, candle))),
    ...listed(marks).flatMap((mark) => settlements(mark, announced[mark.symbol])),
    ...listed(quotes).flatMap((quote) => quoteEvents(state, quote, readAt)),
    ...listed(marks).flatMap((mark) => markEvents(state, mark, readAt)),
  ];
}

/**
 * A minute as the two prints that a resting order may count on: one tick inside its low and one inside its high, each of
 * the minute's volume. An order at the very extreme stays.
 */
function printsThrough(state: ExchangeState, symbol: string, { openAt, closeAt, low, high, volume }: Candle): readonly TradeEvent[] {
  const [from, tick, qty] = [minutesCountFrom(state, symbol), state.instruments[symbol]?.tickSize, decimalOfStatistic(volume, PLACES)];
  if (from === null || tick === undefined || openAt < from || !isPositive(qty)) return [];
  const print = { kind: 'trade', symbol, time: closeAt, qty: text(qty) } as const;
  return [
    { ...print, aggressor: 'SELL', price: text(decimalOfStatistic(low, PLACES).plus(tick)) },
    { ...print, aggressor: 'BUY', price: text(decimalOfStatistic(high, PLACES).minus(tick)) },
  ];
}

/** The announced settlement is over when the market announces a later one. Those missed in between went by the same rate. */
function settlements({ symbol, nextFundingAt }: Mark, announced: AnnouncedFunding | undefined): readonly FundingEvent[] {
  if (announced === undefined) return [];
  const { rate, settlesAt } = announced;
  const count = Math.max(0, Math.ceil((nextFundingAt - settlesAt) / FUNDING_INTERVAL_MS));
  return Array.from({ length: count }, (_, index) => {
    const time = settlesAt + index * FUNDING_INTERVAL_MS;
    return { kind: 'funding', symbol, time, rate, nextFundingTime: Math.min(time + FUNDING_INTERVAL_MS, nextFundingAt) };
  });
}

/** A quote that still reads as it did brings back nothing of what our takers took from it. */
function quoteEvents(state: ExchangeState, { symbol, bid, bidQty, ask, askQty }: Quote, readAt: EpochMs): readonly QuoteEvent[] {
  const shown = state.markets[symbol]?.quote ?? null;
  const event = { bidPrice: text(bid), bidQty: text(bidQty), askPrice: text(ask), askQty: text(askQty), time: readAt };
  const unchanged =
    shown !== null && decimal(shown.bidPrice).eq(bid) && decimal(shown.bidQty).eq(bidQty) && decimal(shown.askPrice).eq(ask) && decimal(shown.askQty).eq(askQty);
  const overtaken = shown !== null && shown.time > readAt;
  return unchanged || overtaken ? [] : [{ kind: 'quote', symbol, ...event }];
}

function markEvents(state: ExchangeState, { symbol, markPrice, indexPrice }: Mark, readAt: EpochMs): readonly MarkEvent[] {
  const shown = state.markets[symbol];
  return shown !== undefined && shown.markTime > readAt ? [] : [{ kind: 'mark', symbol, time: readAt, markPrice: text(markPrice), indexPrice: text(indexPrice) }];
}
