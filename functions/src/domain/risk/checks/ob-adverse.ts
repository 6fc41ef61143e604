import { veto } from '../veto.ts';
import type { Check } from './check.ts';

/** Negative imbalance is more offered than bid: against a buy. An unknown book does what config says. */
export const obAdverse: Check = ({ bookImbalance, side, limits: { adverseImbalance, unknownImbalance } }) => {
  if (bookImbalance.kind === 'unusable') {
    return unknownImbalance === 'veto' ? veto('ob_adverse', null, null, 'risk.json:orderBook.onError') : null;
  }
  const against = side === 'buy' ? -bookImbalance.value : bookImbalance.value;
  return against > adverseImbalance.value ? veto('ob_adverse', String(against), String(adverseImbalance.value), adverseImbalance.configPath) : null;
};
