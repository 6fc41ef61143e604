/** Turns risk.json, universe.json, the places of strategies.json, the fees of router.json and the venue's settings of runtime.json into `RiskLimits`, once per config. */
import type { RiskConfig } from '../../schema/config/risk-config.ts';
import type { RouterConfig } from '../../schema/config/router-config.ts';
import type { RuntimeConfig } from '../../schema/config/runtime-config.ts';
import type { StrategiesConfig, StrategyConfig } from '../../schema/config/strategies-config.ts';
import type { UniverseConfig, UniverseSymbol } from '../../schema/config/universe-config.ts';
import type { WantedSettings } from '../account/account-settings.ts';
import { decimal, divide, ONE } from '../money/decimal.ts';
import type { AccountLimits, BookLimits, ExactLimit, PlainLimit, RiskLimits, SymbolLimits, WindowLimit } from './limits.ts';

const PER_PCT = decimal('0.01');
const PER_BPS = decimal('0.0001');
const HOUR_MS = 3_600_000;
/** Digits of a margin rate; it is rounded up, so margin is never understated. */
const MARGIN_RATE_PLACES = 12;

type ConfigParts = { readonly risk: RiskConfig; readonly universe: UniverseConfig; readonly strategies: StrategiesConfig; readonly router: RouterConfig; readonly runtime: RuntimeConfig };

export function compileLimits({ risk, universe, strategies, router, runtime }: ConfigParts): RiskLimits {
  const account = accountLimits(risk, router, runtime);
  const bySymbol = new Map(universe.symbols.map((entry) => [entry.symbol, memberLimits(account, risk, entry, runtime)]));
  const byStrategy = new Map(strategies.strategies.map((strategy) => [strategy.name, strategyPlacesLimit(strategy)]));
  return {
    forSymbol: (symbol) => bySymbol.get(symbol) ?? outsiderLimits(account, risk, symbol),
    concurrentOf: (strategy) => (strategy === null ? null : byStrategy.get(strategy) ?? null),
  };
}

const inRisk = (key: string): string => `risk.json:${key}`;
const exact = (value: number, key: string): ExactLimit => ({ value: decimal(String(value)), text: String(value), configPath: inRisk(key) });
const pct = (value: number, key: string): ExactLimit => ({ ...exact(value, key), value: decimal(String(value)).times(PER_PCT) });
const bps = (value: number, key: string): ExactLimit => ({ ...exact(value, key), value: decimal(String(value)).times(PER_BPS) });
const plain = (value: number, key: string): PlainLimit => ({ value, configPath: inRisk(key) });
const within = (value: number, windowMs: number, key: string): WindowLimit => ({ value, windowMs, configPath: inRisk(key) });

function accountLimits(risk: RiskConfig, router: RouterConfig, runtime: RuntimeConfig): AccountLimits {
  return {
    navFreshness: plain(risk.navFreshnessSeconds, 'navFreshnessSeconds'),
    navDrawdown: pct(risk.maxNavDrawdownPct, 'maxNavDrawdownPct'),
    dayLoss: pct(risk.dailyLossLimitPct, 'dailyLossLimitPct'),
    tradeEquity: pct(risk.maxTradeEquityPct, 'maxTradeEquityPct'),
    tradeNav: pct(risk.maxTradeNavPct, 'maxTradeNavPct'),
    grossExposure: pct(risk.maxGrossExposurePct, 'maxGrossExposurePct'),
    concurrent: plain(risk.maxConcurrentPositions, 'maxConcurrentPositions'),
    burst: within(risk.burstLimit.maxOrders, risk.burstLimit.windowSeconds * 1000, 'burstLimit.maxOrders'),
    errors: within(risk.errorCircuit.maxErrors, risk.errorCircuit.windowSeconds * 1000, 'errorCircuit.maxErrors'),
    trades: within(risk.maxTradesPerSymbolPerHour, HOUR_MS, 'maxTradesPerSymbolPerHour'),
    cooldown: plain(risk.cooldownSeconds, 'cooldownSeconds'),
    spread: bps(risk.maxSpreadBps, 'maxSpreadBps'),
    collar: bps(risk.priceCollarBps, 'priceCollarBps'),
    signalAge: plain(risk.maxSignalAgeSeconds, 'maxSignalAgeSeconds'),
    marketAge: plain(risk.maxMarketAgeSeconds, 'maxMarketAgeSeconds'),
    venueBudget: { value: runtime.venueBudget.entriesMaxPct, configPath: 'runtime.json:venueBudget.entriesMaxPct' },
    venueSettingsAge: { value: runtime.venueSettings.maxAgeMinutes * 60, configPath: 'runtime.json:venueSettings.maxAgeMinutes' },
    fundingRate: bps(risk.maxAbsFundingRateBps, 'maxAbsFundingRateBps'),
    clockMarginMs: runtime.clockMarginMs,
    fundingWindowMs: risk.fundingWindowMinutes * 60_000,
    liquidationDistance: pct(risk.minLiquidationDistancePct, 'minLiquidationDistancePct'),
    marginHeadroom: pct(risk.minMarginHeadroomPct, 'minMarginHeadroomPct'),
    share: pct(risk.symbolShareCapPct, 'symbolShareCapPct'),
    shareMinTotalUsd: decimal(String(risk.symbolShareMinTotalUsd)),
    shareMinSymbols: risk.symbolShareMinSymbols,
    symbolDrawdown: pct(risk.symbolDrawdownCapPct, 'symbolDrawdownCapPct'),
    foreignPositions: risk.foreign.positions,
    feeEdge: risk.minFeeEdgeBps === null ? null : plain(risk.minFeeEdgeBps, 'minFeeEdgeBps'),
    roundTripFeeBps: roundTripFeeBps(router),
  };
}

function strategyPlacesLimit({ name, maxConcurrentPositions }: StrategyConfig): PlainLimit {
  return { value: maxConcurrentPositions, configPath: `strategies.json:strategies.${name}.maxConcurrentPositions` };
}

/** The entry leg as it starts, the exit leg as it is routed. */
function roundTripFeeBps({ makerFirst, exitsGoTaker, makerFeeBps, takerFeeBps }: RouterConfig): number {
  return (makerFirst ? makerFeeBps : takerFeeBps) + (exitsGoTaker ? takerFeeBps : makerFeeBps);
}

function memberLimits(account: AccountLimits, risk: RiskConfig, entry: UniverseSymbol, runtime: RuntimeConfig): SymbolLimits {
  const outsider = outsiderLimits(account, risk, entry.symbol);
  const tier = risk.tiers[entry.tier];
  if (tier === undefined) throw new RangeError(`universe.json puts ${entry.symbol} in tier ${entry.tier}, which risk.json:tiers does not have`);
  const venueLeverage = decimal(String(entry.targetLeverage));
  const universeLeverage = { ...exact(entry.maxLeverage, ''), configPath: `universe.json:symbols.${entry.symbol}.maxLeverage` };
  return {
    ...outsider,
    whitelisted: entry.enabled,
    tier: entry.tier,
    tierExposure: pct(tier.maxExposurePct, `tiers.${entry.tier}.maxExposurePct`),
    leverage: tighter(outsider.leverage, universeLeverage),
    venueLeverage,
    marginRate: divide(ONE, venueLeverage, MARGIN_RATE_PLACES, 'up'),
    venueSettings: wantedSettings(entry, runtime),
  };
}

function wantedSettings({ symbol, targetLeverage, marginMode }: UniverseSymbol, { venueSettings }: RuntimeConfig): WantedSettings {
  const ofSymbol = (key: string): string => `universe.json:symbols.${symbol}.${key}`;
  return {
    leverage: { value: targetLeverage, configPath: ofSymbol('targetLeverage') },
    marginMode: { value: marginMode, configPath: ofSymbol('marginMode') },
    positionMode: { value: venueSettings.positionMode, configPath: 'runtime.json:venueSettings.positionMode' },
    multiAssets: { value: venueSettings.multiAssets, configPath: 'runtime.json:venueSettings.multiAssets' },
  };
}

function outsiderLimits(account: AccountLimits, risk: RiskConfig, symbol: string): SymbolLimits {
  const own = risk.perSymbol[symbol];
  const path = (key: string): string => `perSymbol.${symbol}.${key}`;
  const ownLimit = (value: number | null | undefined, make: typeof exact, key: string): ExactLimit | null =>
    value === null || value === undefined ? null : make(value, path(key));
  const minNotional = exact(risk.minNotionalUsd, 'minNotionalUsd');
  const ownMinNotional = ownLimit(own?.minNotionalUsd, exact, 'minNotionalUsd');
  return {
    ...account,
    symbol,
    whitelisted: false,
    tier: null,
    tierExposure: null,
    symbolExposure: tighter(pct(risk.maxSymbolExposurePct, 'maxSymbolExposurePct'), ownLimit(own?.maxExposurePct, pct, 'maxExposurePct')),
    orderNotional: ownLimit(own?.maxOrderNotionalUsd, exact, 'maxOrderNotionalUsd'),
    minNotional: ownMinNotional?.value.gt(minNotional.value) === true ? ownMinNotional : minNotional,
    leverage: tighter(exact(risk.maxLeverage, 'maxLeverage'), ownLimit(own?.maxLeverage, exact, 'maxLeverage')),
    blockedSides: own?.blockedSides ?? [],
    orderBook: bookLimits(risk, symbol),
    venueLeverage: ONE,
    marginRate: ONE,
    venueSettings: null,
  };
}

/** Key by key the symbol's own where it has one. */
function bookLimits({ orderBook, perSymbol }: RiskConfig, symbol: string): BookLimits {
  const own = perSymbol[symbol]?.orderBook;
  const limit = (key: 'adverseImbalance' | 'alignedImbalance' | 'maxAgeSeconds'): PlainLimit => {
    const value = own?.[key] ?? null;
    return value === null ? plain(orderBook[key], `orderBook.${key}`) : plain(value, `perSymbol.${symbol}.orderBook.${key}`);
  };
  const onError = own?.onError ?? null;
  return {
    depthLevels: own?.depthLevels ?? orderBook.depthLevels,
    adverse: limit('adverseImbalance'),
    aligned: limit('alignedImbalance'),
    age: limit('maxAgeSeconds'),
    unknown:
      onError === null
        ? { policy: orderBook.onError, configPath: inRisk('orderBook.onError') }
        : { policy: onError, configPath: inRisk(`perSymbol.${symbol}.orderBook.onError`) },
  };
}

function tighter(first: ExactLimit, second: ExactLimit | null): ExactLimit {
  return second?.value.lt(first.value) === true ? second : first;
}
