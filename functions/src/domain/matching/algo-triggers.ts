// When a conditional order fires, by price of its working type (mark or last trade).
import { type Decimal, HUNDRED, decimal, divide, max, min, text } from '../money/decimal.ts';
import type { AlgoOrder, ExchangeState, WorkingType } from './exchange-state.ts';
import { markOf, marketOf } from './matching-context.ts';

/** The latest price of a working type; before the first trade the mark stands for the last price. */
export function referencePrice(state: ExchangeState, symbol: string, workingType: WorkingType): string {
  const last = marketOf(state, symbol).lastPrice;
  return workingType === 'CONTRACT_PRICE' && last !== null ? last : markOf(state, symbol);
}

/** A stop fires when the price moves against its holder to the trigger, a take profit when it moves in favour. */
export function triggersAt(algo: Pick<AlgoOrder, 'orderType' | 'side' | 'triggerPrice'>, price: Decimal): boolean {
  const onRise = (algo.orderType === 'STOP_MARKET') === (algo.side === 'BUY');
  return onRise ? price.gte(algo.triggerPrice) : price.lte(algo.triggerPrice);
}

/** Follows the best price since activation and says whether the price has now fallen back by the callback rate. */
export function trail(algo: AlgoOrder, callbackRate: string, price: Decimal): boolean {
  if (algo.extreme === null) {
    if (!isActivated(algo, price)) return false;
    algo.extreme = text(price);
    return false;
  }
  const extreme = decimal(algo.extreme);
  const best = algo.side === 'SELL' ? max(extreme, price) : min(extreme, price);
  algo.extreme = text(best);
  const callback = divide(best.times(callbackRate), HUNDRED, 12, 'up');
  return algo.side === 'SELL' ? price.lte(best.minus(callback)) : price.gte(best.plus(callback));
}

function isActivated(algo: AlgoOrder, price: Decimal): boolean {
  if (algo.activatePrice === null) return true;
  return algo.side === 'SELL' ? price.gte(algo.activatePrice) : price.lte(algo.activatePrice);
}
