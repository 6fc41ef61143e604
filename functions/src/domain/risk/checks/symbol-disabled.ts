import { veto } from '../veto.ts';
import type { Check } from './check.ts';

/** An operator's word first, then the engine's own; from the stored time on the symbol is free again. */
export const symbolDisabled: Check = ({ operatorDisable, disabledUntilAt, asOf, symbol }) => {
  if (operatorDisable !== null) {
    const { untilAt } = operatorDisable;
    return veto('symbol_disabled', String(asOf), untilAt === null ? null : String(untilAt), `control/symbol_toggles:disabled.${symbol}`);
  }
  return disabledUntilAt !== null && asOf < disabledUntilAt
    ? veto('symbol_disabled', String(asOf), String(disabledUntilAt), `state/risk:disabledUntilAtBySymbol.${symbol}`)
    : null;
};
