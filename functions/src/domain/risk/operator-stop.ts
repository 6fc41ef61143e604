/** Whether what operators have said keeps an order from being sent that the gate approved earlier. */
import type { SymbolToggles } from '../../schema/records/symbol-toggles.ts';
import type { TradingControl } from '../../schema/records/trading-control.ts';
import type { EpochMs, Purpose } from '../../schema/scalars.ts';
import { operatorDisableAt } from './operator-disable.ts';
import { isEntry } from './order-reading.ts';
import { tradingStateAt } from './trading-state.ts';

export interface OperatorWords {
  /** Null means ACTIVE. */
  readonly control: TradingControl | null;
  readonly toggles: SymbolToggles | null;
}

/** The reason, or null when the order may go. Exits stop for HALTED alone. */
export function operatorStop({ control, toggles }: OperatorWords, order: { readonly symbol: string; readonly purpose: Purpose }, asOf: EpochMs): string | null {
  const trading = tradingStateAt(control, asOf);
  if (trading === 'HALTED' || (trading === 'REDUCING' && isEntry(order.purpose))) return `trading is ${trading}`;
  return isEntry(order.purpose) && operatorDisableAt(toggles, order.symbol, asOf) !== null ? `${order.symbol} is disabled` : null;
}
