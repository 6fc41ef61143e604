/** `state/risk_snapshot`: every account cap with its use and what is left, summed exactly as the gate sums it. */
import type { EngineConfig } from '../../schema/config/engine-config.ts';
import type { NavState } from '../../schema/records/nav-state.ts';
import type { RiskSnapshot, SymbolUse } from '../../schema/records/risk-snapshot.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import type { EpochMs, TradingState } from '../../schema/scalars.ts';
import { explainedUsd } from '../account/unexplained.ts';
import type { Decimal } from '../money/decimal.ts';
import { HUNDRED, ZERO, decimal, divide, isPositive, max, text } from '../money/decimal.ts';
import { readExposure } from '../risk/exposure.ts';
import type { RiskLimits, SymbolLimits } from '../risk/limits.ts';
import { countWithin } from '../risk/risk-windows.ts';
import { readPositive } from '../risk/read-decimal.ts';
import { symbolLossUsd } from '../risk/symbol-day.ts';

export const RISK_SNAPSHOT_MINUTES = 5;
const PCT_PLACES = 4;

export interface RiskSource {
  /** Null before the first reading. */
  readonly nav: NavState | null;
  readonly risk: RiskState;
  readonly tradingState: TradingState;
}

export function riskSnapshotOf({ nav, risk, tradingState }: RiskSource, limits: RiskLimits, config: Pick<EngineConfig, 'risk' | 'universe'>, now: EpochMs): RiskSnapshot {
  const navUsd = nav === null || nav.health === 'unavailable' ? null : readPositive(nav.navUsd);
  const known = navUsd === null ? null : nav;
  const symbols = [...new Set([...config.universe.symbols.filter(({ enabled }) => enabled).map(({ symbol }) => symbol), ...Object.values(risk.exposures).map(({ symbol }) => symbol)])].toSorted();
  const held = readExposure(risk, { intentId: '', symbol: symbols[0] ?? 'NONE', positionSide: 'long' }, limits);
  const { burstLimit, errorCircuit, ...rules } = config.risk;
  const errorsInWindow = countWithin(risk.errorsAt, now, errorCircuit.windowSeconds * 1000);
  const ofSymbol = linesBySymbol(risk);
  const figures = {
    tradingState,
    navUsd: navUsd === null ? null : text(navUsd),
    grossUsd: text(held.grossUsd),
    grossPct: pctOf(held.grossUsd, navUsd),
    maxGrossPct: String(rules.maxGrossExposurePct),
    grossLeftUsd: leftUsd(held.grossUsd, rules.maxGrossExposurePct, navUsd),
    drawdownPct: known?.drawdownPct ?? null,
    drawdownAlertPct: String(rules.drawdownAlertPct),
    maxDrawdownPct: String(rules.maxNavDrawdownPct),
    drawdownLeftUsd: known === null ? null : fallLeftUsd(known, known.highWaterMarkUsd, rules.maxNavDrawdownPct),
    dayLossPct: known?.dayLossPct ?? null,
    maxDayLossPct: String(rules.dailyLossLimitPct),
    dayLossLeftUsd: known === null ? null : fallLeftUsd(known, known.dayOpenNavUsd, rules.dailyLossLimitPct),
    positions: held.pairs,
    maxPositions: rules.maxConcurrentPositions,
    ordersInWindow: countWithin(risk.attemptsAt, now, burstLimit.windowSeconds * 1000),
    maxOrdersInWindow: burstLimit.maxOrders,
    errorsInWindow,
    maxErrorsInWindow: errorCircuit.maxErrors,
    circuit: errorsInWindow >= errorCircuit.maxErrors ? ('open' as const) : ('closed' as const),
    bySymbol: Object.fromEntries(symbols.map((symbol) => [symbol, symbolUse(risk, ofSymbol.get(symbol) ?? NOTHING_OPEN, limits.forSymbol(symbol), limits, navUsd, now)])),
    fault: held.faultPath,
  };
  return { summary: summaryOf(figures), ...figures, computedAt: now, writtenEveryMinutes: RISK_SNAPSHOT_MINUTES };
}

/** Uses in whole percent: marks move every minute, and not every move is worth a write. */
export function riskMark({ summary: _summary, computedAt: _computedAt, ...snapshot }: RiskSnapshot): unknown {
  const bySymbol = Object.entries(snapshot.bySymbol).map(([symbol, use]) => [symbol, whole(use.exposurePct), whole(use.dayLossPct), use.tradesThisHour, use.disabledUntilAt]);
  const { tradingState, positions, ordersInWindow, errorsInWindow, circuit, fault } = snapshot;
  return [tradingState, whole(snapshot.grossPct), whole(snapshot.drawdownPct), whole(snapshot.dayLossPct), positions, ordersInWindow, errorsInWindow, circuit, fault, bySymbol];
}

const whole = (value: string | null): string | null => value?.replace(/\..*$/, '') ?? null;

type Lines = Pick<RiskState, 'exposures' | 'reservations'>;
const NOTHING_OPEN: Lines = { exposures: {}, reservations: {} };

/** What is open or reserved in each symbol, so that ten symbols do not look at the positions of all ten. */
function linesBySymbol({ exposures, reservations }: RiskState): ReadonlyMap<string, Lines> {
  const bySymbol = new Map<string, Lines>();
  for (const [key, open] of Object.entries(exposures)) {
    const lines = bySymbol.get(open.symbol) ?? NOTHING_OPEN;
    bySymbol.set(open.symbol, { ...lines, exposures: { ...lines.exposures, [key]: open } });
  }
  for (const [key, reserved] of Object.entries(reservations)) {
    const lines = bySymbol.get(reserved.symbol) ?? NOTHING_OPEN;
    bySymbol.set(reserved.symbol, { ...lines, reservations: { ...lines.reservations, [key]: reserved } });
  }
  return bySymbol;
}

function symbolUse(risk: RiskState, lines: Lines, own: SymbolLimits, limits: RiskLimits, navUsd: Decimal | null, now: EpochMs): SymbolUse {
  const { symbolUsd } = readExposure(lines, { intentId: '', symbol: own.symbol, positionSide: 'long' }, limits);
  const lossUsd = symbolLossUsd(risk, own.symbol);
  const untilAt = risk.disabledUntilAtBySymbol[own.symbol];
  return {
    exposureUsd: text(symbolUsd),
    exposurePct: pctOf(symbolUsd, navUsd),
    maxExposurePct: own.symbolExposure.text,
    exposureLeftUsd: leftUsd(symbolUsd, Number(own.symbolExposure.text), navUsd),
    dayLossUsd: lossUsd === null ? null : text(lossUsd),
    dayLossPct: lossUsd === null ? null : pctOf(lossUsd, navUsd),
    maxDayLossPct: own.symbolDrawdown.text,
    tradesThisHour: countWithin(risk.tradesAtBySymbol[own.symbol] ?? [], now, own.trades.windowMs),
    maxTradesPerHour: own.trades.value,
    disabledUntilAt: untilAt !== undefined && now < untilAt ? untilAt : null,
  };
}

function pctOf(amountUsd: Decimal, navUsd: Decimal | null): string | null {
  return navUsd === null ? null : text(divide(amountUsd.times(HUNDRED), navUsd, PCT_PLACES, 'half-even'));
}

/** What may still be added; zero at and beyond the cap. */
function leftUsd(usedUsd: Decimal, capPct: number, navUsd: Decimal | null): string | null {
  if (navUsd === null) return null;
  return text(max(ZERO, navUsd.times(String(capPct)).times('0.01').minus(usedUsd)));
}

/** How far NAV may still fall from `fromUsd`; zero at and beyond the limit. */
function fallLeftUsd({ navUsd, unexplainedUsd }: NavState, fromUsd: string, limitPct: number): string | null {
  const from = readPositive(fromUsd);
  if (from === null) return null;
  const floor = from.times(HUNDRED.minus(String(limitPct))).times('0.01');
  const left = explainedUsd(decimal(navUsd), decimal(unexplainedUsd)).minus(floor);
  return text(isPositive(left) ? left : ZERO);
}

type Figures = Omit<RiskSnapshot, 'summary' | 'computedAt' | 'writtenEveryMinutes'>;

const use = (name: string, value: string | null, limit: string): string => `${name} ${value ?? 'unknown'} of ${limit} %`;

function summaryOf({ navUsd, grossPct, maxGrossPct, drawdownPct, maxDrawdownPct, dayLossPct, maxDayLossPct, positions, maxPositions, circuit, tradingState }: Figures): string {
  const nav = navUsd === null ? 'NAV not known, ' : '';
  return `${tradingState}, ${nav}${use('gross', grossPct, maxGrossPct)}, ${use('drawdown', drawdownPct, maxDrawdownPct)}, ${use('day loss', dayLossPct, maxDayLossPct)}, ${positions} of ${maxPositions} positions, circuit ${circuit}`;
}
