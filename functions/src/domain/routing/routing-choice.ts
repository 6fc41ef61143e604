import type { RouterQuality, TakerBias } from '../../schema/records/router-health.ts';

/** ATR now over its usual value: below 0.5 quiet, 1.5 normal, 2.5 hot, above it panic. */
export type VolatilityRegime = 'quiet' | 'normal' | 'hot' | 'panic';

export interface RoutingChoice {
  readonly makerFirst: boolean;
  readonly takerBias: TakerBias;
}

const CHOICES: Readonly<Record<RouterQuality, RoutingChoice>> = {
  good: { makerFirst: true, takerBias: 'prefer_maker' },
  ok: { makerFirst: true, takerBias: 'balanced' },
  degraded: { makerFirst: true, takerBias: 'prefer_taker' },
  broken: { makerFirst: false, takerBias: 'prefer_taker' },
  insufficient_data: { makerFirst: true, takerBias: 'balanced' },
};

/** The ancestor's policy table. A panicking market is taken, and not rested in where that already goes badly. */
export function routingChoice(quality: RouterQuality, volatility: VolatilityRegime | null): RoutingChoice {
  const choice = CHOICES[quality];
  if (volatility !== 'panic' || quality === 'insufficient_data') return choice;
  return { makerFirst: choice.makerFirst && quality !== 'degraded', takerBias: 'prefer_taker' };
}
