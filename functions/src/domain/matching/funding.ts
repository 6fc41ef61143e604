import { decimal } from '../money/decimal.ts';
import { addText, roundAmount } from './amount.ts';
import type { FundingEvent } from './market-event.ts';
import { notionalAtMark } from './margin.ts';
import { type MatchingContext, instrumentOf, marketOf, settingsOf } from './matching-context.ts';
import { livePositions } from './position-book.ts';
import { bookIncome } from './wallet.ts';

/** Every holder pays signed notional at mark x rate (longs pay a positive rate, shorts receive it), booked as FUNDING_FEE. */
export function settleFunding(ctx: MatchingContext, event: FundingEvent): void {
  const market = marketOf(ctx.state, event.symbol);
  market.fundingRate = event.rate;
  market.nextFundingTime = event.nextFundingTime;
  for (const position of livePositions(ctx.state)) {
    if (position.symbol !== event.symbol) continue;
    const amount = roundAmount(notionalAtMark(ctx.state, position).times(decimal(event.rate))).neg();
    bookIncome(ctx, {
      incomeType: 'FUNDING_FEE',
      asset: instrumentOf(ctx.state, event.symbol).marginAsset,
      amount,
      symbol: event.symbol,
    });
    if (settingsOf(ctx.state, event.symbol).marginType === 'ISOLATED') {
      position.isolatedWallet = addText(position.isolatedWallet, amount);
    }
  }
}
