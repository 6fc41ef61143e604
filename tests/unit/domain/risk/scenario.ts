/**
 * Builders of what the gate judges. The default is an approved order: buy 5 BTCUSDT at 100 with 10,000 dollars of NAV
 * in an empty account; each test changes what it is about.
 */
import { compileLimits } from '../../../../functions/src/domain/risk/compile-limits.ts';
import { buildGateInput } from '../../../../functions/src/domain/risk/build-gate-input.ts';
import { evaluateGate } from '../../../../functions/src/domain/risk/gate.ts';
import type { GateVerdict } from '../../../../functions/src/domain/risk/gate.ts';
import type { RiskLimits } from '../../../../functions/src/domain/risk/limits.ts';
import type { ProposedOrder } from '../../../../functions/src/domain/risk/proposed-order.ts';
import type { Snapshot } from '../../../../functions/src/domain/risk/snapshot.ts';
import type { Instrument } from '../../../../functions/src/domain/market/instrument.ts';
import type { Mark, Quote } from '../../../../functions/src/domain/market/market.ts';
import { decimal } from '../../../../functions/src/domain/money/decimal.ts';
import { notional, price, qty } from '../../../../functions/src/domain/money/units.ts';
import { riskConfig } from '../../../../functions/src/schema/config/risk-config.ts';
import type { RiskConfig } from '../../../../functions/src/schema/config/risk-config.ts';
import { routerConfig } from '../../../../functions/src/schema/config/router-config.ts';
import type { RouterConfig } from '../../../../functions/src/schema/config/router-config.ts';
import { runtimeConfig } from '../../../../functions/src/schema/config/runtime-config.ts';
import type { RuntimeConfig } from '../../../../functions/src/schema/config/runtime-config.ts';
import type { StrategiesConfig } from '../../../../functions/src/schema/config/strategies-config.ts';
import { universeConfig } from '../../../../functions/src/schema/config/universe-config.ts';
import type { UniverseConfig } from '../../../../functions/src/schema/config/universe-config.ts';
import type { MarketMetadata } from '../../../../functions/src/schema/records/market-metadata.ts';
import type { NavState } from '../../../../functions/src/schema/records/nav-state.ts';
import type { PositionsState } from '../../../../functions/src/schema/records/positions-state.ts';
import type { VenueSettings } from '../../../../functions/src/schema/records/venue-settings.ts';
import { EMPTY_RISK_STATE } from '../../../../functions/src/schema/records/risk-state.ts';
import type { OpenExposure, Reservation, RiskState } from '../../../../functions/src/schema/records/risk-state.ts';

export const NOW = Date.UTC(2026, 0, 15, 12, 0, 0);

export const RISK: RiskConfig = riskConfig.parse({
  referenceNavUsd: 10_000,
  minNotionalUsd: 5,
  maxTradeEquityPct: 15,
  maxTradeNavPct: 10,
  maxGrossExposurePct: 150,
  maxSymbolExposurePct: 40,
  maxConcurrentPositions: 4,
  maxLeverage: 4,
  cooldownSeconds: 60,
  // Its positions have no strategy unless a test gives them one.
  foreign: { positions: 'ignore' },
  tiers: { CORE: { maxExposurePct: 30 }, SATELLITE: { maxExposurePct: 15 } },
  perSymbol: { BTCUSDT: {}, ETHUSDT: {}, SOLUSDT: {} },
});

export const UNIVERSE: UniverseConfig = universeConfig.parse({
  symbols: [
    { symbol: 'BTCUSDT', tier: 'CORE', enabled: true, targetLeverage: 4, maxLeverage: 5 },
    { symbol: 'ETHUSDT', tier: 'CORE', enabled: true, targetLeverage: 2, maxLeverage: 5 },
    { symbol: 'SOLUSDT', tier: 'SATELLITE', enabled: true, targetLeverage: 3, maxLeverage: 5 },
  ],
});

export const ROUTER: RouterConfig = routerConfig.parse({});
export const RUNTIME: RuntimeConfig = runtimeConfig.parse({});

export interface ConfigChanges {
  readonly risk?: Partial<RiskConfig>;
  readonly universe?: UniverseConfig;
  readonly strategies?: StrategiesConfig;
  readonly router?: Partial<RouterConfig>;
}

export function limitsOf({ risk = {}, universe = UNIVERSE, strategies = { strategies: [] }, router = {} }: ConfigChanges = {}): RiskLimits {
  return compileLimits({ risk: { ...RISK, ...risk }, universe, strategies, router: { ...ROUTER, ...router }, runtime: RUNTIME });
}

export const DEFAULT_LIMITS = limitsOf();

export function anOrder(changes: Partial<ProposedOrder> = {}): ProposedOrder {
  return {
    intentId: 'mine',
    symbol: 'BTCUSDT',
    side: 'buy',
    positionSide: 'long',
    purpose: 'open',
    qty: '5',
    price: '100',
    leverage: 3,
    strategy: null,
    signalAt: NOW - 1000,
    expectedEdgeBps: null,
    ...changes,
  };
}

export function anInstrument(changes: Partial<Instrument> = {}): Instrument {
  return {
    symbol: 'BTCUSDT',
    base: 'BTC',
    quote: 'USDT',
    marginAsset: 'USDT',
    status: 'trading',
    tickSize: decimal('0.1'),
    stepSize: decimal('0.001'),
    minQty: qty('0.001'),
    maxQty: qty('1000'),
    marketMaxQty: qty('100'),
    minNotional: notional('5'),
    minPrice: price('0.1'),
    maxPrice: price('1000000'),
    ...changes,
  };
}

export function aQuote(changes: Partial<Quote> = {}): Quote {
  return { symbol: 'BTCUSDT', bid: price('99.99'), bidQty: qty('10'), ask: price('100.01'), askQty: qty('10'), at: NOW, ...changes };
}

export function aMark(changes: Partial<Mark> = {}): Mark {
  return {
    symbol: 'BTCUSDT',
    markPrice: price('100'),
    indexPrice: price('100'),
    fundingRate: decimal('0.0001'),
    nextFundingAt: NOW + 4 * 3_600_000,
    at: NOW,
    ...changes,
  };
}

/** Maintenance margin of half a percent, of one percent from 50,000 dollars on. */
const TIERS = [{ notionalFloor: '0', ratio: '0.005', cum: '0' }, { notionalFloor: '50000', ratio: '0.01', cum: '250' }];
export const BRACKETS: MarketMetadata['brackets'] = { BTCUSDT: TIERS, ETHUSDT: TIERS, SOLUSDT: TIERS };

export function aNav(changes: Partial<NavState> = {}): NavState {
  return {
    summary: '',
    health: 'ok',
    healthReason: null,
    navUsd: '10000',
    unexplainedUsd: '0',
    walletUsd: '10000',
    unrealizedUsd: '0',
    availableMarginUsd: '10000',
    highWaterMarkUsd: '10000',
    markedSinceAt: 0,
    drawdownPct: '0',
    maxDrawdownPct: '0',
    dayKey: '2026-01-15',
    dayOpenNavUsd: '10000',
    dayLossPct: '0',
    netTransfersUsd: '0',
    bookedTransfersUsd: '0',
    wallet: null,
    valueAt: NOW - 10_000,
    checkedAt: NOW - 10_000,
    ...changes,
  };
}

/** What is set at the venue, as these limits want it. */
export function aVenueSettings(limits: RiskLimits = DEFAULT_LIMITS, changes: Partial<VenueSettings> = {}): VenueSettings {
  const wanted = UNIVERSE.symbols.map(({ symbol }) => [symbol, limits.forSymbol(symbol).venueSettings] as const);
  return {
    summary: '',
    health: 'ok',
    cause: null,
    account: { canTrade: true, positionMode: 'hedge', multiAssets: false, clockOffsetMs: 0 },
    bySymbol: Object.fromEntries(wanted.flatMap(([symbol, set]) => (set === null ? [] : [[symbol, { leverage: set.leverage.value, marginMode: set.marginMode.value }]]))),
    refusals: [],
    asWanted: true,
    valueAt: NOW - 10_000,
    checkedAt: NOW - 10_000,
    ...changes,
  };
}

export function aPositionsState(changes: Partial<PositionsState> = {}): PositionsState {
  return { summary: '', health: 'ok', items: [], grossUsd: '0', netUsd: '0', ledgerAgrees: true, disagreements: [], valueAt: NOW - 10_000, checkedAt: NOW - 10_000, ...changes };
}

export function anExposure(changes: Partial<OpenExposure> = {}): OpenExposure {
  return {
    symbol: 'BTCUSDT', positionSide: 'long', tier: 'CORE', qty: '1', averageEntryPrice: '100', strategy: null, openedAt: NOW,
    markPrice: '100', markAt: NOW, ...changes,
  };
}

export function aReservation(changes: Partial<Reservation> = {}): Reservation {
  return {
    intentId: 'other', symbol: 'BTCUSDT', positionSide: 'long', tier: 'CORE', strategy: null, side: 'buy', purpose: 'open', qty: '1', price: '100', reservedAt: NOW,
    ...changes,
  };
}

export function holding(exposures: readonly Partial<OpenExposure>[], reservations: readonly Partial<Reservation>[] = []): Partial<RiskState> {
  const open = exposures.map(anExposure);
  const reserved = reservations.map(aReservation);
  return {
    exposures: Object.fromEntries(open.map((line) => [`${line.symbol}-${line.positionSide}`, line])),
    reservations: Object.fromEntries(reserved.map((line) => [line.intentId, line])),
  };
}

export function aRiskState(changes: Partial<RiskState> = {}): RiskState {
  return { ...EMPTY_RISK_STATE, ...changes };
}

/** What differs from the default. */
export interface Scenario {
  readonly config?: ConfigChanges;
  readonly order?: Partial<ProposedOrder>;
  readonly nav?: Partial<NavState>;
  readonly positions?: Partial<PositionsState>;
  readonly risk?: Partial<RiskState>;
  readonly quote?: Partial<Quote>;
  readonly mark?: Partial<Mark>;
  readonly snapshot?: Partial<Snapshot>;
}

export function aSnapshot(scenario: Scenario = {}): Snapshot {
  const limits = scenario.config === undefined ? DEFAULT_LIMITS : limitsOf(scenario.config);
  return {
    asOf: NOW,
    limits,
    instrument: anInstrument(),
    brackets: BRACKETS,
    positionMode: 'hedge',
    quote: { kind: 'found', value: aQuote(scenario.quote), asOf: NOW },
    mark: { kind: 'found', value: aMark(scenario.mark), asOf: NOW },
    bookImbalance: { kind: 'found', value: 0, asOf: NOW },
    nav: aNav(scenario.nav),
    positions: aPositionsState(scenario.positions),
    venueSettings: aVenueSettings(limits),
    venueBudget: null,
    risk: aRiskState(scenario.risk),
    control: null,
    toggles: null,
    writeGate: 'open',
    duplicateIntent: false,
    ...scenario.snapshot,
  };
}

export function verdictOf(scenario: Scenario = {}): GateVerdict {
  return evaluateGate(buildGateInput(aSnapshot(scenario), anOrder(scenario.order)));
}

export function codesOf(scenario: Scenario = {}): string[] {
  return verdictOf(scenario).vetoes.map(({ code }) => code);
}
