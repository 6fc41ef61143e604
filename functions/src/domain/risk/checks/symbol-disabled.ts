import { veto } from '../veto.ts';
import type { Check } from './check.ts';

/** From the stored time on the symbol is free again. */
export const symbolDisabled: Check = ({ disabledUntilAt, asOf, symbol }) =>
  disabledUntilAt !== null && asOf < disabledUntilAt
    ? veto('symbol_disabled', String(asOf), String(disabledUntilAt), `state/risk:disabledUntilAtBySymbol.${symbol}`)
    : null;
