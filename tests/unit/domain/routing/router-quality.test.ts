import { describe, expect, it } from 'vitest';
import { routerQuality, routerRegime } from '../../../../functions/src/domain/routing/router-quality.ts';
import type { RouterStatistics } from '../../../../functions/src/domain/routing/router-quality.ts';
import { routerHealthConfig } from '../../../../functions/src/schema/config/router-health-config.ts';
import type { RouterQuality, RouterRegime } from '../../../../functions/src/schema/records/router-health.ts';

const CONFIG = routerHealthConfig.parse({});
const UNKNOWN: RouterStatistics = { makerShare: null, fallbackRatio: null, slippageP95Bps: null, ackLatencyP50Ms: null };

/** Maker share, fallback ratio, slippage in bps, latency in ms. */
const statistics = (makerShare: number | null, fallbackRatio: number | null, slippageP95Bps: number | null, ackLatencyP50Ms: number | null): RouterStatistics => ({
  makerShare, fallbackRatio, slippageP95Bps, ackLatencyP50Ms,
});

describe('routerQuality', () => {
  it.each<[string, RouterStatistics, RouterQuality]>([
    ['nothing is known', UNKNOWN, 'insufficient_data'],
    ['every figure is just good enough', statistics(0.7, 0.4, 4, 800), 'good'],
    ['latency is not known and the rest is good', statistics(0.7, 0.4, 4, null), 'good'],
    ['makers fill a little too little', statistics(0.69, 0.4, 4, 800), 'ok'],
    ['a few too many fall back', statistics(0.7, 0.41, 4, 800), 'ok'],
    ['slippage is a little too large', statistics(0.7, 0.4, 4.1, 800), 'ok'],
    ['latency is a little too long', statistics(0.7, 0.4, 4, 801), 'ok'],
    ['slippage is zero, which is a figure', statistics(0.7, 0.4, 0, 800), 'good'],
    ['slippage is not known, which is no virtue', statistics(0.7, 0.4, null, 800), 'ok'],
    ['makers are not known, which is no vice', statistics(null, null, 3, 100), 'ok'],
    ['six in ten fall back', statistics(0.3, 0.6, 3, 100), 'degraded'],
    ['not quite six in ten fall back', statistics(0.3, 0.599, 3, 100), 'ok'],
    ['slippage alone is known and large', statistics(null, null, 8, null), 'degraded'],
    ['latency is long', statistics(0.9, 0.1, 1, 1500), 'degraded'],
    ['nine in ten fall back', statistics(0.1, 0.9, 3, 100), 'broken'],
    ['slippage is very large', statistics(0.9, 0.1, 20, 100), 'broken'],
    ['latency is very long', statistics(0.9, 0.1, 1, 2500), 'broken'],
  ])('when %s', (_when, known, quality) => {
    expect(routerQuality(known, CONFIG)).toBe(quality);
  });

  it('follows the thresholds of config', () => {
    const config = { ...CONFIG, degradedFallbackPct: 30, brokenFallbackPct: 50 };
    expect([0.29, 0.3, 0.5].map((ratio) => routerQuality(statistics(0.5, ratio, 3, 100), config))).toEqual(['ok', 'degraded', 'broken']);
  });
});

describe('routerRegime', () => {
  it.each<[string, RouterStatistics, RouterRegime]>([
    ['nothing is known, where the ancestor said broken', UNKNOWN, 'insufficient_data'],
    ['most fall back', statistics(0.5, 0.85, 1, 100), 'broken'],
    ['makers fill almost nothing', statistics(0.2, 0.1, 1, 100), 'broken'],
    ['slippage is extreme', statistics(0.9, 0.1, 25, 100), 'broken'],
    ['latency is extreme', statistics(0.9, 0.1, 1, 3000), 'broken'],
    ['more than half fall back', statistics(0.4, 0.7, 8, null), 'fallback_heavy'],
    ['slippage stands out', statistics(0.9, 0.1, 12, 100), 'slippage_hot'],
    ['makers do well', statistics(0.7, 0.3, 5, 100), 'maker_strong'],
    ['makers do well and slippage is not known', statistics(0.7, 0.3, null, 100), 'maker_strong'],
    ['makers do not quite do well', statistics(0.7, 0.31, 5, 100), 'balanced'],
    ['makers are not known', statistics(null, null, 5, 100), 'balanced'],
  ])('when %s', (_when, known, regime) => {
    expect(routerRegime(known)).toBe(regime);
  });
});
