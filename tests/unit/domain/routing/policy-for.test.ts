import { describe, expect, it } from 'vitest';
import { policyFor } from '../../../../functions/src/domain/routing/policy-for.ts';
import { routerHealthOf } from '../../../../functions/src/domain/routing/router-health-of.ts';
import { routerConfig } from '../../../../functions/src/schema/config/router-config.ts';
import type { RouterConfig } from '../../../../functions/src/schema/config/router-config.ts';
import { routingPolicy } from '../../../../functions/src/schema/records/route-record.ts';
import type { RoutingPolicy } from '../../../../functions/src/schema/records/route-record.ts';
import type { RouteSample } from '../../../../functions/src/schema/records/router-bucket.ts';
import type { RouterHealth } from '../../../../functions/src/schema/records/router-health.ts';
import { aFallback, aRouteSample } from '../../../support/builders/a-route.ts';
import { NOW } from '../risk/scenario.ts';

const ROUTER = routerConfig.parse({ makerOffsetBps: 1 });
const NEVER_PROBING: RouterConfig = { ...ROUTER, health: { ...ROUTER.health, brokenProbeOneIn: 1_000_000_007, degradedProbeOneIn: 1_000_000_007 } };
const MAX_AGE_MS = ROUTER.health.maxAgeMinutes * 60_000;

const nothingElse = () => ({ volatility: null, hourExpectancyUsd: null });
const healthOf = (routes: readonly RouteSample[]): RouterHealth => routerHealthOf(['BTCUSDT', 'ETHUSDT'], routes, nothingElse, ROUTER, NOW, NOW);
const GOOD = healthOf(Array.from({ length: 20 }, () => aRouteSample()));
const BROKEN = healthOf(Array.from({ length: 20 }, () => aFallback()));
const DEGRADED = healthOf(Array.from({ length: 20 }, (_, index) => (index < 14 ? aFallback() : aRouteSample())));

function policy(health: RouterHealth | null, { router = NEVER_PROBING, intentId = 'mine', symbol = 'BTCUSDT', asOf = NOW } = {}): RoutingPolicy {
  const result = policyFor(router, health, { intentId, symbol }, asOf);
  expect(routingPolicy.parse(result)).toEqual(result);
  return result;
}

describe('policyFor', () => {
  it.each<[string, RouterHealth | null, { symbol?: string; asOf?: number }, string]>([
    ['nothing has been learned', null, {}, 'no router health'],
    ['what was learned is too old', BROKEN, { asOf: NOW + MAX_AGE_MS + 1 }, 'router health is too old'],
    ['the symbol is not known', BROKEN, { symbol: 'SOLUSDT' }, 'no routes of the symbol'],
    ['the symbol has too few routes', BROKEN, { symbol: 'ETHUSDT' }, '0 routes, 0 maker starts; 20 needed'],
  ])('leaves all to config when %s', (_when, health, of, reason) => {
    expect(policy(health, of)).toEqual({ quality: 'insufficient_data', makerFirst: true, takerBias: 'balanced', offsetBps: 1, source: 'config', reason });
  });

  it('still follows what was learned exactly as long ago as is allowed', () => {
    expect(policy(BROKEN, { asOf: NOW + MAX_AGE_MS }).quality).toBe('broken');
  });

  it.each<[string, RouterHealth, Partial<RoutingPolicy>]>([
    ['good', GOOD, { makerFirst: true, takerBias: 'prefer_maker', offsetBps: 0.3 }],
    ['degraded', DEGRADED, { makerFirst: true, takerBias: 'prefer_taker', offsetBps: 2 }],
    ['broken', BROKEN, { makerFirst: false, takerBias: 'prefer_taker', offsetBps: 3.5 }],
  ])('follows %s routes and says so', (quality, health, expected) => {
    expect(policy(health)).toMatchObject({ ...expected, quality, source: 'routerHealth', reason: expect.stringContaining(`quality=${quality}`) });
  });

  it('never turns makers on against config', () => {
    expect(policy(GOOD, { router: { ...NEVER_PROBING, makerFirst: false } }).makerFirst).toBe(false);
    expect(policy(BROKEN, { router: { ...ROUTER, makerFirst: false, health: { ...ROUTER.health, brokenProbeOneIn: 1 } } }).makerFirst).toBe(false);
  });

  it('keeps a learned offset within what config allows now', () => {
    expect(policy(BROKEN, { router: { ...NEVER_PROBING, maxMakerOffsetBps: 0 } }).offsetBps).toBe(1);
  });

  it.each([
    ['degraded', DEGRADED, ROUTER.health.degradedProbeOneIn],
    ['broken', BROKEN, ROUTER.health.brokenProbeOneIn],
  ])('while %s lets about one order in so many start as configured, and the same ones at every repeat', (quality, health, oneIn) => {
    const ids = Array.from({ length: 3000 }, (_, index) => `intent-${index}`);
    const policies = ids.map((intentId) => policy(health, { router: ROUTER, intentId }));
    const probes = policies.filter(({ reason }) => reason.endsWith('; probe'));
    expect(Math.abs(probes.length / ids.length - 1 / oneIn)).toBeLessThan(0.03);
    expect(new Set(probes.map((probe) => `${probe.quality} ${probe.makerFirst} ${probe.takerBias} ${probe.offsetBps}`))).toEqual(new Set([`${quality} true balanced 1`]));
    expect(ids.map((intentId) => policy(health, { router: ROUTER, intentId }))).toEqual(policies);
  });
});
