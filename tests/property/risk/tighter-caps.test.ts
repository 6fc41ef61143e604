import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RiskConfig } from '../../../functions/src/schema/config/risk-config.ts';
import { RISK, UNIVERSE, verdictOf } from '../../unit/domain/risk/scenario.ts';
import { scenario } from './arbitraries.ts';

/** Every knob by which a person makes the gate stricter, as a change of the config at hand. */
const TIGHTENINGS: readonly ((risk: RiskConfig) => Partial<RiskConfig>)[] = [
  (risk) => ({ navFreshnessSeconds: risk.navFreshnessSeconds - 60 }),
  (risk) => ({ maxNavDrawdownPct: risk.maxNavDrawdownPct / 2 }),
  (risk) => ({ dailyLossLimitPct: risk.dailyLossLimitPct / 2 }),
  (risk) => ({ minNotionalUsd: risk.minNotionalUsd * 40 }),
  (risk) => ({ maxTradeEquityPct: risk.maxTradeEquityPct / 2 }),
  (risk) => ({ maxTradeNavPct: risk.maxTradeNavPct / 2 }),
  (risk) => ({ maxGrossExposurePct: risk.maxGrossExposurePct / 5 }),
  (risk) => ({ maxSymbolExposurePct: risk.maxSymbolExposurePct / 2 }),
  (risk) => ({ maxConcurrentPositions: risk.maxConcurrentPositions - 2 }),
  (risk) => ({ maxLeverage: risk.maxLeverage / 2 }),
  () => ({ maxSpreadBps: 1 }),
  () => ({ priceCollarBps: 20 }),
  (risk) => ({ maxSignalAgeSeconds: risk.maxSignalAgeSeconds - 50 }),
  () => ({ maxAbsFundingRateBps: 0, fundingWindowMinutes: 480 }),
  () => ({ minFeeEdgeBps: 0 }),
  (risk) => ({ minLiquidationDistancePct: risk.minLiquidationDistancePct * 3 }),
  (risk) => ({ minMarginHeadroomPct: risk.minMarginHeadroomPct * 3 }),
  () => ({ burstLimit: { maxOrders: 2, windowSeconds: 120 } }),
  () => ({ errorCircuit: { maxErrors: 2, windowSeconds: 600 } }),
  (risk) => ({ maxTradesPerSymbolPerHour: risk.maxTradesPerSymbolPerHour - 3 }),
  (risk) => ({ cooldownSeconds: risk.cooldownSeconds * 2 }),
  (risk) => ({ symbolShareCapPct: risk.symbolShareCapPct / 2 }),
  () => ({ symbolShareMinTotalUsd: 0 }),
  () => ({ symbolShareMinSymbols: 1 }),
  () => ({ orderBook: { ...RISK.orderBook, adverseImbalance: 0 } }),
  () => ({ tiers: { CORE: { maxExposurePct: 15 }, SATELLITE: { maxExposurePct: 5 } } }),
  () => ({ perSymbol: { BTCUSDT: { maxOrderNotionalUsd: 600, maxExposurePct: 20, maxLeverage: 2, minNotionalUsd: 50, blockedSides: ['short'] } } }),
];

describe('a stricter config', () => {
  it('never approves what a looser one refuses', () => {
    let approvedByBoth = 0;
    let refusedByStricter = 0;
    fc.assert(
      fc.property(scenario, fc.subarray([...TIGHTENINGS], { maxLength: 4 }), (at, tightenings) => {
        const stricter = tightenings.reduce<RiskConfig>((risk, tighten) => ({ ...risk, ...tighten(risk) }), RISK);
        const looserApproves = verdictOf(at).approved;
        const stricterApproves = verdictOf({ ...at, config: { risk: stricter } }).approved;
        if (stricterApproves) approvedByBoth += 1;
        if (looserApproves && !stricterApproves) refusedByStricter += 1;
        expect(stricterApproves && !looserApproves).toBe(false);
      }),
      { numRuns: 500 },
    );
    expect([approvedByBoth > 10, refusedByStricter > 10]).toEqual([true, true]);
  });

  it('refuses with at least the reasons of the looser one, whichever single limit was tightened', () => {
    fc.assert(
      fc.property(scenario, fc.constantFrom(...TIGHTENINGS), (at, tighten) => {
        const before = verdictOf(at).vetoes.map(({ code }) => code);
        const after = verdictOf({ ...at, config: { risk: tighten(RISK) } }).vetoes.map(({ code }) => code);
        expect(after).toEqual(expect.arrayContaining(before));
      }),
      { numRuns: 500 },
    );
  });

  it('is also one whose universe lowers leverage or drops the symbol', () => {
    fc.assert(
      fc.property(scenario, fc.constantFrom({ maxLeverage: 2 }, { targetLeverage: 1 }, { enabled: false }), (at, change) => {
        const universe = { symbols: UNIVERSE.symbols.map((entry) => ({ ...entry, ...change })) };
        expect(verdictOf({ ...at, config: { universe } }).approved && !verdictOf(at).approved).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
