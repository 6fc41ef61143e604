/** The router's three words for its leaning, as points between all maker (0) and all taker (1), and back. */
import type { TakerBias } from '../../schema/records/router-health.ts';

export const BIAS_OF: Readonly<Record<TakerBias, number>> = { prefer_maker: 0.25, balanced: 0.5, prefer_taker: 0.75 };

/** The same thresholds for a suggestion and for what is applied, so that what was suggested is what happens. */
export function takerBiasOf(bias: number): TakerBias {
  if (bias <= 0.35) return 'prefer_maker';
  return bias >= 0.65 ? 'prefer_taker' : 'balanced';
}
