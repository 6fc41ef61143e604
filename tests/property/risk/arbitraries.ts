/** Random accounts, orders and configs near the limits, so that approvals and refusals both happen often. */
import * as fc from 'fast-check';
import type { ProposedOrder } from '../../../functions/src/domain/risk/proposed-order.ts';
import type { RiskConfig } from '../../../functions/src/schema/config/risk-config.ts';
import type { NavState } from '../../../functions/src/schema/records/nav-state.ts';
import type { OpenExposure, Reservation, RiskState } from '../../../functions/src/schema/records/risk-state.ts';
import type { PositionSide, Purpose } from '../../../functions/src/schema/scalars.ts';
import { anOrder, holding, NOW } from '../../unit/domain/risk/scenario.ts';
import type { ConfigChanges, Scenario } from '../../unit/domain/risk/scenario.ts';

export const SYMBOLS = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'] as const;

export const symbol = fc.constantFrom(...SYMBOLS);
export const positionSide = fc.constantFrom<PositionSide>('long', 'short');
/** Thousandths as exact decimal text. */
export const thousandths = (min: number, max: number) => fc.integer({ min, max }).map((units) => (units / 1000).toFixed(3));

export function sideOf(side: PositionSide, purpose: Purpose): 'buy' | 'sell' {
  return (side === 'long') === (purpose === 'open' || purpose === 'increase') ? 'buy' : 'sell';
}

const exposure: fc.Arbitrary<Partial<OpenExposure>> = fc.record({ symbol, positionSide, qty: thousandths(0, 20_000) });

const reservation: fc.Arbitrary<Partial<Reservation>> = fc
  .record({ symbol, positionSide, qty: thousandths(1, 5000), purpose: fc.constantFrom<Purpose>('open', 'increase', 'reduce', 'close'), intentId: fc.constantFrom('one', 'two', 'mine') })
  .map((line) => ({ ...line, side: sideOf(line.positionSide, line.purpose) }));

const past = (maxMs: number) => fc.integer({ min: 0, max: maxMs }).map((ms) => NOW - ms);

export const riskState: fc.Arbitrary<Partial<RiskState>> = fc
  .record({
    exposures: fc.array(exposure, { maxLength: 4 }),
    reservations: fc.array(reservation, { maxLength: 3 }),
    attemptsAt: fc.array(past(120_000), { maxLength: 4 }),
    errorsAt: fc.array(past(600_000), { maxLength: 4 }),
    lastFillAt: past(200_000),
    tradesAt: fc.array(past(7_200_000), { maxLength: 4 }),
  })
  .map(({ exposures, reservations, attemptsAt, errorsAt, lastFillAt, tradesAt }) => ({
    ...holding(exposures, reservations),
    attemptsAt,
    errorsAt,
    lastFillAtBySymbol: { BTCUSDT: lastFillAt },
    tradesAtBySymbol: { BTCUSDT: tradesAt },
  }));

/** Often nothing is open, so that approvals are as common as refusals. */
export const account: fc.Arbitrary<Partial<RiskState>> = fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: riskState });

export const entry: fc.Arbitrary<ProposedOrder> = fc
  .record({ positionSide, qty: thousandths(10, 12_000), price: fc.constantFrom('99.5', '100', '100.3'), leverage: fc.constantFrom(1, 2.5, 4), ageMs: fc.integer({ min: 0, max: 160_000 }) })
  .map(({ ageMs, ...order }) => anOrder({ ...order, side: sideOf(order.positionSide, 'open'), signalAt: NOW - ageMs }));

export const nav: fc.Arbitrary<Partial<NavState>> = fc.record({
  navUsd: fc.integer({ min: 9300, max: 10_500 }).map(String),
  availableMarginUsd: fc.integer({ min: 1000, max: 10_000 }).map(String),
  valueAt: past(200_000),
});

export const scenario: fc.Arbitrary<Scenario> = fc.record({ order: entry, risk: account, nav });

/** Two decimals, without the noise of binary fractions. */
const hundredths = (min: number, max: number) => fc.integer({ min: Math.round(min * 100), max: Math.round(max * 100) }).map((units) => units / 100);

const own = fc.record({
  maxOrderNotionalUsd: fc.option(fc.integer({ min: 100, max: 2000 })),
  maxExposurePct: fc.option(hundredths(1, 60)),
  maxLeverage: fc.option(hundredths(1, 6)),
  minNotionalUsd: fc.option(fc.integer({ min: 0, max: 200 })),
  blockedSides: fc.subarray<PositionSide>(['long', 'short']),
});

/** Any limits at all, absurd ones included. */
export const riskLimits: fc.Arbitrary<Partial<RiskConfig>> = fc.record(
  {
    navFreshnessSeconds: fc.integer({ min: 30, max: 3600 }),
    maxNavDrawdownPct: hundredths(1, 100),
    dailyLossLimitPct: hundredths(0.1, 100),
    minNotionalUsd: fc.integer({ min: 0, max: 1000 }),
    maxTradeEquityPct: hundredths(1, 30),
    maxTradeNavPct: hundredths(1, 30),
    maxGrossExposurePct: hundredths(1, 200),
    maxSymbolExposurePct: hundredths(1, 80),
    maxConcurrentPositions: fc.integer({ min: 1, max: 5 }),
    maxLeverage: hundredths(1, 6),
    priceCollarBps: hundredths(1, 200),
    maxSignalAgeSeconds: fc.integer({ min: 1, max: 300 }),
    minLiquidationDistancePct: hundredths(0.1, 60),
    minMarginHeadroomPct: hundredths(0, 100),
    maxTradesPerSymbolPerHour: fc.integer({ min: 1, max: 6 }),
    cooldownSeconds: fc.integer({ min: 0, max: 300 }),
    symbolShareCapPct: hundredths(1, 100),
    symbolShareMinTotalUsd: fc.integer({ min: 0, max: 5000 }),
    symbolShareMinSymbols: fc.integer({ min: 1, max: 4 }),
    perSymbol: fc.record({ BTCUSDT: own, ETHUSDT: own, SOLUSDT: own }),
    tiers: fc.record({ CORE: hundredths(1, 60), SATELLITE: hundredths(1, 60) }).map(({ CORE, SATELLITE }) => ({
      CORE: { maxExposurePct: CORE },
      SATELLITE: { maxExposurePct: SATELLITE },
    })),
  },
  { requiredKeys: [] },
);

export const config: fc.Arbitrary<ConfigChanges> = riskLimits.map((risk) => ({ risk }));
