import { describe, expect, it } from 'vitest';
import { routingChoice } from '../../../../functions/src/domain/routing/routing-choice.ts';
import type { VolatilityRegime } from '../../../../functions/src/domain/routing/routing-choice.ts';
import type { RouterQuality, TakerBias } from '../../../../functions/src/schema/records/router-health.ts';

describe('routingChoice', () => {
  it.each<[RouterQuality, VolatilityRegime | null, boolean, TakerBias]>([
    ['good', null, true, 'prefer_maker'],
    ['ok', null, true, 'balanced'],
    ['degraded', null, true, 'prefer_taker'],
    ['broken', null, false, 'prefer_taker'],
    ['insufficient_data', null, true, 'balanced'],
    ['good', 'hot', true, 'prefer_maker'],
    ['good', 'panic', true, 'prefer_taker'],
    ['ok', 'panic', true, 'prefer_taker'],
    ['degraded', 'panic', false, 'prefer_taker'],
    ['broken', 'panic', false, 'prefer_taker'],
    ['insufficient_data', 'panic', true, 'balanced'],
  ])('for %s in volatility %s', (quality, volatility, makerFirst, takerBias) => {
    expect(routingChoice(quality, volatility)).toEqual({ makerFirst, takerBias });
  });
});
