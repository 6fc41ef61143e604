import { compareAmounts } from '../money/compare-amounts.ts';
import { triggerAlgos } from './algo-execution.ts';
import { settleFunding } from './funding.ts';
import { liquidateIfDue } from './liquidation.ts';
import { fillCrossedByQuote, fillFromPrint } from './maker-matching.ts';
import type { MarkEvent, MarketEvent, QuoteEvent, TradeEvent } from './market-event.ts';
import { type MatchingContext, marketOf } from './matching-context.ts';

/** Resting orders fill first, then conditional orders trigger, then liquidation is checked. */
export function applyMarketEvent(ctx: MatchingContext, event: MarketEvent): void {
  switch (event.kind) {
    case 'quote':
      applyQuote(ctx, event);
      break;
    case 'trade':
      applyTrade(ctx, event);
      break;
    case 'mark':
      applyMark(ctx, event);
      break;
    case 'funding':
      settleFunding(ctx, event);
      break;
  }
}

function applyQuote(ctx: MatchingContext, quote: QuoteEvent): void {
  const { bidPrice, bidQty, askPrice, askQty, time } = quote;
  if (compareAmounts(bidPrice, askPrice) >= 0) {
    throw new RangeError(`crossed quote for ${quote.symbol} at ${time}: bid ${bidPrice} must be below ask ${askPrice}`);
  }
  const market = marketOf(ctx.state, quote.symbol);
  market.quote = { bidPrice, bidQty, askPrice, askQty, time };
  market.bidTaken = '0';
  market.askTaken = '0';
  fillCrossedByQuote(ctx, quote);
}

function applyTrade(ctx: MatchingContext, print: TradeEvent): void {
  const market = marketOf(ctx.state, print.symbol);
  market.lastPrice = print.price;
  market.lastTime = print.time;
  fillFromPrint(ctx, print);
  triggerAlgos(ctx, print.symbol, 'CONTRACT_PRICE', print.price);
}

function applyMark(ctx: MatchingContext, mark: MarkEvent): void {
  const market = marketOf(ctx.state, mark.symbol);
  market.markPrice = mark.markPrice;
  market.indexPrice = mark.indexPrice;
  market.markTime = mark.time;
  triggerAlgos(ctx, mark.symbol, 'MARK_PRICE', mark.markPrice);
  liquidateIfDue(ctx, mark.symbol);
}
