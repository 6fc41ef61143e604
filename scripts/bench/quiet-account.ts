/** Records and market readings of an account at rest with 10,000 dollars, in which everything trades near 100. */
import { decimal } from '../../functions/src/domain/money/decimal.ts';
import { price, qty } from '../../functions/src/domain/money/units.ts';
import { compileLimits } from '../../functions/src/domain/risk/compile-limits.ts';
import type { SnapshotSource } from '../../functions/src/domain/risk/build-snapshot.ts';
import type { EngineConfig } from '../../functions/src/schema/config/engine-config.ts';
import type { InstrumentRecord } from '../../functions/src/schema/records/market-metadata.ts';
import type { NavState } from '../../functions/src/schema/records/nav-state.ts';
import type { PositionsState } from '../../functions/src/schema/records/positions-state.ts';
import type { VenueSettings } from '../../functions/src/schema/records/venue-settings.ts';
import { EMPTY_RISK_STATE } from '../../functions/src/schema/records/risk-state.ts';

export const NOW = Date.UTC(2026, 0, 15, 12);
const HOUR_MS = 3_600_000;

export function quietAccount(config: EngineConfig, symbols: readonly string[]): SnapshotSource {
  const found = <T>(value: readonly T[]) => ({ kind: 'found', value, asOf: NOW }) as const;
  return {
    asOf: NOW,
    limits: compileLimits(config),
    markets: { instruments: symbols.map(instrument), positionMode: 'hedge', brackets: Object.fromEntries(symbols.map((symbol) => [symbol, TIERS])), fetchedAt: NOW - HOUR_MS },
    quotes: found(symbols.map((symbol) => ({ symbol, bid: price('99.99'), bidQty: qty('10'), ask: price('100.01'), askQty: qty('10'), at: NOW }))),
    marks: found(
      symbols.map((symbol) => ({
        symbol,
        markPrice: price('100'),
        indexPrice: price('100'),
        fundingRate: decimal('0.0001'),
        nextFundingAt: NOW + 4 * HOUR_MS,
        at: NOW,
      })),
    ),
    books: { kind: 'unavailable', cause: 'not read' },
    nav: NAV,
    positions: POSITIONS,
    venueSettings: settingsOf(symbols),
    venueBudget: null,
    risk: EMPTY_RISK_STATE,
    control: null,
    toggles: null,
    writeGate: 'open',
  };
}

function settingsOf(symbols: readonly string[]): VenueSettings {
  return {
    summary: '',
    health: 'ok',
    cause: null,
    account: { canTrade: true, positionMode: 'hedge', multiAssets: false, clockOffsetMs: 0 },
    bySymbol: Object.fromEntries(symbols.map((symbol) => [symbol, { leverage: 3, marginMode: 'cross' }])),
    refusals: [],
    asWanted: true,
    valueAt: NOW - 10_000,
    checkedAt: NOW - 10_000,
  };
}

function instrument(symbol: string): InstrumentRecord {
  return {
    symbol,
    base: symbol.replace(/USDT$/, ''),
    quote: 'USDT',
    marginAsset: 'USDT',
    status: 'trading',
    tickSize: '0.01',
    stepSize: '0.01',
    minQty: '0.01',
    maxQty: '10000',
    marketMaxQty: '1000',
    minNotional: '5',
    minPrice: '0.01',
    maxPrice: '1000000',
  };
}

const TIERS = [{ notionalFloor: '0', ratio: '0.004', cum: '0' }, { notionalFloor: '50000', ratio: '0.01', cum: '300' }];

const NAV: NavState = {
  summary: '',
  health: 'ok',
  healthReason: null,
  navUsd: '10000',
  unexplainedUsd: '0',
  walletUsd: '10000',
  unrealizedUsd: '0',
  availableMarginUsd: '10000',
  highWaterMarkUsd: '10000',
  drawdownPct: '0',
  maxDrawdownPct: '0',
  dayKey: '2026-01-15',
  dayOpenNavUsd: '10000',
  dayLossPct: '0',
  netTransfersUsd: '0',
      bookedTransfersUsd: '0',
      wallet: null,
      markedSinceAt: 0,
  valueAt: NOW - 10_000,
  checkedAt: NOW - 10_000,
};

const POSITIONS: PositionsState = {
  summary: '',
  health: 'ok',
  items: [],
  grossUsd: '0',
  netUsd: '0',
  ledgerAgrees: true,
      disagreements: [],
  valueAt: NOW - 10_000,
  checkedAt: NOW - 10_000,
};
