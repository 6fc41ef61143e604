/**
 * The gate: one pure function for screener, executor, shadow and probe.
 *
 * 1. Every check of the purpose's list runs, in the list's order; the verdict carries the full stack.
 * 2. Exits have the short list: nothing about NAV, caps, floors, markets or leverage can hold back an order that
 *    provably shrinks exposure.
 */
import { belowMinNotional } from './checks/below-min-notional.ts';
import { burstLimit } from './checks/burst-limit.ts';
import type { Check } from './checks/check.ts';
import { circuitBreaker } from './checks/circuit-breaker.ts';
import { cooldown } from './checks/cooldown.ts';
import { dayLossLimit } from './checks/day-loss-limit.ts';
import { duplicateIntent } from './checks/duplicate-intent.ts';
import { exceedsPosition } from './checks/exceeds-position.ts';
import { feeEdge } from './checks/fee-edge.ts';
import { foreignPosition } from './checks/foreign-position.ts';
import { fundingWindow } from './checks/funding-window.ts';
import { grossExposureCap } from './checks/gross-exposure-cap.ts';
import { insufficientMargin } from './checks/insufficient-margin.ts';
import { invalidInput } from './checks/invalid-input.ts';
import { invalidNav } from './checks/invalid-nav.ts';
import { ledgerMismatch } from './checks/ledger-mismatch.ts';
import { leverageExceeded } from './checks/leverage-exceeded.ts';
import { liquidationDistance } from './checks/liquidation-distance.ts';
import { marketUnavailable } from './checks/market-unavailable.ts';
import { maxConcurrent } from './checks/max-concurrent.ts';
import { minNotionalInfeasible } from './checks/min-notional-infeasible.ts';
import { navAnomaly } from './checks/nav-anomaly.ts';
import { navDrawdownLimit } from './checks/nav-drawdown-limit.ts';
import { navStale } from './checks/nav-stale.ts';
import { navUnavailable } from './checks/nav-unavailable.ts';
import { notListed } from './checks/not-listed.ts';
import { notWhitelisted } from './checks/not-whitelisted.ts';
import { obAdverse } from './checks/ob-adverse.ts';
import { oppositeLegOpen } from './checks/opposite-leg-open.ts';
import { positionsUnavailable } from './checks/positions-unavailable.ts';
import { priceCollar } from './checks/price-collar.ts';
import { sideBlocked } from './checks/side-blocked.ts';
import { staleSignal } from './checks/stale-signal.ts';
import { strategyMaxConcurrent } from './checks/strategy-max-concurrent.ts';
import { symbolDisabled } from './checks/symbol-disabled.ts';
import { symbolDrawdownCap } from './checks/symbol-drawdown-cap.ts';
import { symbolExposureCap } from './checks/symbol-exposure-cap.ts';
import { symbolOrderCap } from './checks/symbol-order-cap.ts';
import { symbolShareCap } from './checks/symbol-share-cap.ts';
import { tierCap } from './checks/tier-cap.ts';
import { tradeGtEquityCap } from './checks/trade-gt-equity-cap.ts';
import { tradeGtMaxTradeNavPct } from './checks/trade-gt-max-trade-nav-pct.ts';
import { tradeRateLimit } from './checks/trade-rate-limit.ts';
import { tradingHalted } from './checks/trading-halted.ts';
import { tradingReducing } from './checks/trading-reducing.ts';
import { venueBudgetLow } from './checks/venue-budget-low.ts';
import { venueSettingsMismatch } from './checks/venue-settings-mismatch.ts';
import { venueUnavailable } from './checks/venue-unavailable.ts';
import { wideSpread } from './checks/wide-spread.ts';
import { writeGateClosed } from './checks/write-gate-closed.ts';
import type { GateInput } from './gate-input.ts';
import { isEntry } from './order-reading.ts';
import type { Veto } from './veto.ts';

export interface GateVerdict {
  readonly approved: boolean;
  /** Empty exactly when approved. */
  readonly vetoes: Veto[];
}

const ENTRY_CHECKS: readonly Check[] = [
  invalidInput, tradingHalted, tradingReducing, writeGateClosed, duplicateIntent,
  invalidNav, navUnavailable, navStale, navAnomaly, positionsUnavailable, ledgerMismatch, foreignPosition,
  venueUnavailable, venueSettingsMismatch, venueBudgetLow,
  navDrawdownLimit, dayLossLimit,
  notWhitelisted, notListed, symbolDisabled, symbolDrawdownCap, sideBlocked, leverageExceeded,
  belowMinNotional, minNotionalInfeasible,
  symbolOrderCap, tradeGtEquityCap, tradeGtMaxTradeNavPct,
  symbolExposureCap, tierCap, grossExposureCap, symbolShareCap, maxConcurrent, strategyMaxConcurrent, oppositeLegOpen,
  insufficientMargin, liquidationDistance,
  cooldown, circuitBreaker, burstLimit, tradeRateLimit,
  staleSignal, marketUnavailable, wideSpread, priceCollar, fundingWindow, obAdverse, feeEdge,
];

const EXIT_CHECKS: readonly Check[] = [invalidInput, exceedsPosition, tradingHalted, writeGateClosed];

export function evaluateGate(input: GateInput): GateVerdict {
  const checks = isEntry(input.purpose) ? ENTRY_CHECKS : EXIT_CHECKS;
  const vetoes = checks.map((check) => check(input)).filter((veto) => veto !== null);
  return { approved: vetoes.length === 0, vetoes };
}
