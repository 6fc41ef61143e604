import { veto } from '../veto.ts';
import type { Check } from './check.ts';

/** Negative imbalance is more offered than bid: against a buy. An unknown book does what config says. */
export const obAdverse: Check = ({ bookImbalance, side, limits: { orderBook } }) => {
  if (bookImbalance.kind === 'unusable') {
    return orderBook.unknown.policy === 'veto' ? veto('ob_adverse', null, null, orderBook.unknown.configPath) : null;
  }
  const against = side === 'buy' ? -bookImbalance.value : bookImbalance.value;
  return against > orderBook.adverse.value ? veto('ob_adverse', String(against), String(orderBook.adverse.value), orderBook.adverse.configPath) : null;
};
