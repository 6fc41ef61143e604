import { veto } from '../veto.ts';
import type { Check } from './check.ts';

export const notListed: Check = ({ instrument, symbol }) => {
  if (instrument !== null && instrument.symbol === symbol && instrument.status === 'trading') return null;
  return veto('not_listed', instrument === null ? null : instrument.status, null, `markets:${symbol}`);
};
