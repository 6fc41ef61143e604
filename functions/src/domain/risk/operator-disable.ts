import type { SymbolToggle, SymbolToggles } from '../../schema/records/symbol-toggles.ts';
import type { EpochMs } from '../../schema/scalars.ts';

/** What an operator has said of the symbol and is in force; null when it may trade, as far as operators go. */
export function operatorDisableAt(toggles: SymbolToggles | null, symbol: string, asOf: EpochMs): SymbolToggle | null {
  const toggle = toggles?.disabled[symbol];
  if (toggle === undefined) return null;
  return toggle.untilAt !== null && asOf >= toggle.untilAt ? null : toggle;
}
