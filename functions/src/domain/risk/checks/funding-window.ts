import { ONE } from '../../money/decimal.ts';
import { veto } from '../veto.ts';
import type { Check } from './check.ts';
import { bpsOf } from './share-of.ts';

/** Either sign counts: an extreme rate says that the market is one-sided, whoever is paid. */
export const fundingWindow: Check = ({ asOf, mark, limits: { fundingRate: limit, fundingWindowMs } }) => {
  if (mark.kind === 'unusable' || mark.value.nextFundingAt - asOf > fundingWindowMs) return null;
  const rate = mark.value.fundingRate.abs();
  return rate.gt(limit.value) ? veto('funding_window', bpsOf(rate, ONE, 'up'), limit.text, limit.configPath) : null;
};
