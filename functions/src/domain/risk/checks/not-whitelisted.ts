import { veto } from '../veto.ts';
import type { Check } from './check.ts';

export const notWhitelisted: Check = ({ limits, symbol }) =>
  limits.whitelisted ? null : veto('not_whitelisted', symbol, null, 'universe.json:symbols');
