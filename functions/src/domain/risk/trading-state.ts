import type { TradingControl } from '../../schema/records/trading-control.ts';
import type { EpochMs, TradingState } from '../../schema/scalars.ts';

/** The state in force: ACTIVE without a control document or once it has expired. */
export function tradingStateAt(control: TradingControl | null, asOf: EpochMs): TradingState {
  if (control === null) return 'ACTIVE';
  return control.expiresAt !== null && asOf >= control.expiresAt ? 'ACTIVE' : control.state;
}
