/** Figures, quality, policy and offset of the router against an independent transcription of the ancestor's, for whatever is known. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makerOffsetBps } from '../../../functions/src/domain/routing/maker-offset.ts';
import { percentile } from '../../../functions/src/domain/routing/percentile.ts';
import { routerQuality, routerRegime } from '../../../functions/src/domain/routing/router-quality.ts';
import { routingChoice } from '../../../functions/src/domain/routing/routing-choice.ts';
import type { VolatilityRegime } from '../../../functions/src/domain/routing/routing-choice.ts';
import { routerHealthConfig } from '../../../functions/src/schema/config/router-health-config.ts';
import * as oracle from './oracle-router.ts';

const PLACES = 9;
const RUNS = { numRuns: 1000, seed: 20_260_115 };
const CONFIG = routerHealthConfig.parse({});

/** In steps that meet the thresholds. */
const figures = fc.record({
  maker: fc.integer({ min: 0, max: 20 }).map((step) => step / 20),
  fallback: fc.integer({ min: 0, max: 20 }).map((step) => step / 20),
  slip: fc.integer({ min: -8, max: 120 }).map((step) => step / 4),
  latency: fc.integer({ min: 0, max: 35 }).map((step) => step * 100),
});
const volatility = fc.constantFrom<VolatilityRegime>('quiet', 'normal', 'hot', 'panic');
const known = ({ maker, fallback, slip, latency }: oracle.Figures) => ({ makerShare: maker, fallbackRatio: fallback, slippageP95Bps: slip, ackLatencyP50Ms: latency });

describe('the router equals the ancestor’s', () => {
  it('in quality and regime', () => {
    fc.assert(
      fc.property(figures, (drawn) => {
        expect(routerQuality(known(drawn), CONFIG)).toBe(oracle.quality(drawn));
        expect(routerRegime(known(drawn))).toBe(oracle.regime(drawn));
      }),
      RUNS,
    );
  });

  it('in what follows from them', () => {
    fc.assert(
      fc.property(figures, volatility, (drawn, atr) => {
        const theirs = oracle.policy(oracle.quality(drawn), atr);
        expect(routingChoice(routerQuality(known(drawn), CONFIG), atr)).toEqual({ makerFirst: theirs.maker_first, takerBias: theirs.taker_bias });
      }),
      RUNS,
    );
  });

  it('in the offset of makers', () => {
    fc.assert(
      fc.property(figures, volatility, fc.integer({ min: -2, max: 2 }), (drawn, atr, hour) => {
        const { maker, fallback, slip } = drawn;
        const ours = makerOffsetBps({ volatility: atr, makerShare: maker, fallbackRatio: fallback, slippageP50Bps: slip, hourExpectancyUsd: hour }, { baseBps: 2, minBps: 0.5, maxBps: 8 });
        expect(ours).toBeCloseTo(oracle.offset(drawn, atr, hour), PLACES);
      }),
      RUNS,
    );
  });

  it('in the quartiles of slippage', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5000, max: 5000 }).map((step) => step / 100), { minLength: 1, maxLength: 60 }), fc.constantFrom(25, 50, 75, 95), (values, percent) => {
        expect(percentile(values, percent / 100)).toBeCloseTo(oracle.percentile(values, percent), PLACES);
      }),
      RUNS,
    );
  });
});
