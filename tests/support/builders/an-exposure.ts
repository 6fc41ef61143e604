import type { OpenExposure } from '../../../functions/src/schema/records/risk-state.ts';
import { anExposure as anyExposure } from '../../unit/domain/risk/scenario.ts';

/** A hundredth of a bitcoin, entered at 100,000 by the shipped strategy. */
export function anExposure(over: Partial<OpenExposure> = {}): OpenExposure {
  return anyExposure({ qty: '0.01', averageEntryPrice: '100000', markPrice: '100000', strategy: 'zscore-5m', ...over });
}
