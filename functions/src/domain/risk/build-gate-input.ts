import { FULL_BUDGET, usedPct } from '../requests/venue-budget.ts';
import type { GateInput, RecentActivity } from './gate-input.ts';
import { readExposure } from './exposure.ts';
import type { SymbolLimits } from './limits.ts';
import { readLiquidation } from './liquidation-reading.ts';
import { readImbalance, readMark, readQuote } from './market-reading.ts';
import { readNav } from './nav-reading.ts';
import { operatorDisableAt } from './operator-disable.ts';
import { readOrder } from './order-reading.ts';
import { readPositions } from './positions-reading.ts';
import type { ProposedOrder } from './proposed-order.ts';
import { countWithin } from './risk-windows.ts';
import type { Snapshot } from './snapshot.ts';
import { strategyPlaces } from './strategy-places.ts';
import { symbolLossUsd } from './symbol-day.ts';
import { tradingStateAt } from './trading-state.ts';
import { readVenueSettings } from './venue-reading.ts';

/** The one way from records and readings to what the gate judges. Pure, and never throws for bad data. */
export function buildGateInput(snapshot: Snapshot, order: ProposedOrder): GateInput {
  const { asOf, risk } = snapshot;
  const limits = snapshot.limits.forSymbol(order.symbol);
  const nav = readNav(snapshot.nav, asOf);
  const reading = readOrder(order, asOf, limits.clockMarginMs);
  return {
    asOf,
    symbol: order.symbol,
    side: order.side,
    positionSide: order.positionSide,
    purpose: order.purpose,
    signalAt: order.signalAt,
    expectedEdgeBps: order.expectedEdgeBps,
    order: reading,
    limits,
    instrument: snapshot.instrument,
    positionMode: snapshot.positionMode,
    quote: readQuote(snapshot.quote, order.symbol, asOf, limits.marketAge),
    mark: readMark(snapshot.mark, order.symbol, asOf, limits.marketAge),
    bookImbalance: readImbalance(snapshot.bookImbalance, asOf, limits.orderBook.age),
    nav,
    positions: readPositions(snapshot.positions, order, asOf),
    liquidation: readLiquidation(order, reading, { risk, nav, brackets: snapshot.brackets, limits }),
    venue: readVenueSettings(snapshot.venueSettings, order.symbol, limits.venueSettings, asOf),
    venueUsedPct: usedPct(snapshot.venueBudget ?? FULL_BUDGET, asOf),
    exposure: readExposure(risk, order, snapshot.limits),
    strategyPlaces: strategyPlaces(risk, order, snapshot.limits.concurrentOf(order.strategy)),
    activity: recentActivity(snapshot, order.symbol, limits),
    symbolLossUsd: symbolLossUsd(risk, order.symbol),
    operatorDisable: operatorDisableAt(snapshot.toggles, order.symbol, asOf),
    disabledUntilAt: risk.disabledUntilAtBySymbol[order.symbol] ?? null,
    tradingState: tradingStateAt(snapshot.control, asOf),
    writeGate: snapshot.writeGate,
    duplicateIntent: snapshot.duplicateIntent,
  };
}

function recentActivity({ asOf, risk }: Snapshot, symbol: string, limits: SymbolLimits): RecentActivity {
  return {
    attempts: countWithin(risk.attemptsAt, asOf, limits.burst.windowMs),
    errors: countWithin(risk.errorsAt, asOf, limits.errors.windowMs),
    trades: countWithin(risk.tradesAtBySymbol[symbol] ?? [], asOf, limits.trades.windowMs),
    lastFillAt: risk.lastFillAtBySymbol[symbol] ?? null,
  };
}
