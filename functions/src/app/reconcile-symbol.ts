/**
 * Settles what the venue tells differently about one symbol's positions: trades made without us are booked, be it a stop
 * that fired, a liquidation or an order by hand; what no trade explains for long is set to the venue's figure. The plan
 * is pure; reading for it, carrying it out and recording it are one transaction.
 */
import { derivedId } from '../domain/identity/derived-id.ts';
import { bookForeignFills } from '../domain/ledger/book-foreign-fills.ts';
import type { BookedForeign } from '../domain/ledger/book-foreign-fills.ts';
import { closedByOf } from '../domain/ledger/fill-origin.ts';
import { isPositive, text } from '../domain/money/decimal.ts';
import type { Decimal } from '../domain/money/decimal.ts';
import type { VenueFill } from '../domain/order/venue-order.ts';
import { planReconciliation } from '../domain/reconcile/plan-reconciliation.ts';
import { withHold } from '../domain/risk/hold-symbol.ts';
import type { Transaction } from '../ports/store.ts';
import { fillId } from '../schema/records/fill.ts';
import { positionKey } from '../schema/records/position.ts';
import type { ReconciliationStep } from '../schema/records/reconciliation.ts';
import { EMPTY_RISK_STATE, RISK_STATE, RISK_STATE_ID } from '../schema/records/risk-state.ts';
import type { EpochMs } from '../schema/scalars.ts';
import { adjust } from './adjust.ts';
import type { SymbolDifference } from './adjust.ts';
import type { EngineDeps } from './engine-deps.ts';
import { feeRates } from './fee-rates.ts';
import { isHolding, readOrigins, tellOrigins } from './fill-origins.ts';
import type { FillOrigins } from './fill-origins.ts';
import { raiseIncident } from './incidents.ts';
import { knownTrades, positionMode, readPositions, writeBooked } from './ledger-records.ts';
import { recordStep } from './record-reconciliation.ts';

/** A trade may be published after later ones; so far back from the newest one known is looked again. */
const OVERLAP_MS = 3_600_000;
/** How long the near past has to leave a difference unexplained before the far past is asked too. */
const NEAR_LOOKS_MS = 120_000;
const MINUTE_MS = 60_000;
const FAR_LOOK_BACK_MS = 86_400_000;

/** What was done; `wait` also when the venue could not be asked. */
export async function reconcileSymbol(deps: EngineDeps, difference: SymbolDifference): Promise<ReconciliationStep['action']> {
  const { symbol } = difference;
  const report = await deps.step('adopt.read-fills', () => deps.venue.fillsSince(symbol, lookBackFrom(difference, deps.clock.now())));
  if (report.kind === 'unavailable') return unread(deps, symbol, report.cause);
  // What is booked stays booked; the transaction looks again for what was booked since.
  const known = await knownTrades(deps.store, symbol, report.value);
  const fresh = report.value.filter((fill) => !known.has(fill.tradeId));
  const rates = await feeRates(deps, fresh);
  if (rates.kind === 'unavailable') return unread(deps, symbol, rates.cause);
  const read = await readOrigins(deps, symbol, fresh);
  if (read.kind === 'unavailable') return unread(deps, symbol, read.cause);
  const origins = read.value;
  const { step, booked } = await deps.step('adopt.book-fills', () => deps.store.transact((tx) => apply(deps, tx, difference, { fills: fresh, feeRate: rates.value, origins })));
  if (step.action === 'adjust') deps.log.ledgerAdjusted(symbol, step.detail);
  if (booked === null) return step.action;
  deps.log.fillsAdopted(symbol, booked.fills.length);
  await tellOrigins(deps, symbol, booked.fills, origins);
  if (isPositive(booked.overClosedQty)) await raiseIncident(deps, overCloseIncident(symbol, booked, deps.clock.now()));
  return step.action;
}

/** Never to before the ledger began: what was traded then is in no sum of ours. */
function lookBackFrom({ symbol, disagreements, risk, income }: SymbolDifference, now: EpochMs): EpochMs {
  const lastFillAt = risk.lastFillAtBySymbol[symbol];
  const foundAt = Math.min(...disagreements.map((entry) => entry.foundAt));
  const near = lastFillAt === undefined ? foundAt - FAR_LOOK_BACK_MS : lastFillAt - OVERLAP_MS;
  const from = now - foundAt < NEAR_LOOKS_MS ? near : Math.min(near, foundAt - FAR_LOOK_BACK_MS);
  return Math.max(from, income.startedAt);
}

function unread(deps: EngineDeps, symbol: string, cause: string): 'wait' {
  deps.log.fillsUnavailable(symbol, cause);
  return 'wait';
}

interface Report {
  readonly fills: readonly VenueFill[];
  readonly feeRate: (asset: string) => Decimal;
  readonly origins: FillOrigins;
}

interface Applied {
  readonly step: ReconciliationStep;
  readonly booked: BookedForeign | null;
}

async function apply(deps: EngineDeps, tx: Transaction, difference: SymbolDifference, report: Report): Promise<Applied> {
  const { symbol, disagreements } = difference;
  const now = deps.clock.now();
  const { stored } = await tx.get({ stored: { collection: RISK_STATE, id: RISK_STATE_ID } });
  const risk = stored ?? EMPTY_RISK_STATE;
  const positions = await readPositions(tx, symbol);
  const mode = await positionMode(deps, tx);
  const busy = new Set(Object.values(risk.reservations).filter((entry) => entry.symbol === symbol).map((entry) => entry.positionSide));
  const isBusy = mode === null || (mode === 'oneWay' && busy.size > 0) || disagreements.every(({ key }) => [...busy].some((side) => key === positionKey(symbol, side)));
  // Work that began meanwhile books its own fills.
  const fills = report.fills.filter((fill) => !busy.has(fill.positionSide));
  const known = await knownTrades(tx, symbol, fills);
  const freshFills = new Set(fills.map((fill) => fill.tradeId).filter((id) => !known.has(id))).size;
  const step = planReconciliation({ isBusy, freshFills, disagreements }, deps.config.runtime.reconcile.adjustAfterMinutes * MINUTE_MS, now);
  const recorded = await recordStep(tx, disagreements, step);
  recorded.write();
  if (step.action === 'adjust') adjust(deps, tx, { ...difference, risk }, positions, now);
  if (step.action !== 'adopt' || mode === null) return { step, booked: null };
  const tier = deps.limits.forSymbol(symbol).tier ?? 'none';
  const { feeRate, origins } = report;
  const booked = bookForeignFills({ positions, risk }, fills, known, { tier, mode, feeRate, closedBy: (order) => closedByOf(origins.get(order) ?? 'other') });
  const held = isHolding(deps, booked.fills, origins) ? withHold(booked.books.risk, symbol, now + deps.config.risk.foreign.holdMinutes * MINUTE_MS) : booked.books.risk;
  writeBooked(tx, positions, { ...booked, books: { ...booked.books, risk: held } });
  return { step, booked };
}

function overCloseIncident(symbol: string, { fills, overClosedQty }: BookedForeign, now: EpochMs) {
  return {
    id: `overClose-${derivedId('overClose', ...fills.map((fill) => fillId(symbol, fill.tradeId)))}`,
    record: {
      kind: 'overClose' as const,
      summary: `fills at the venue closed ${text(overClosedQty)} more ${symbol} than the ledger held`,
      symbol,
      intentId: null,
      ours: 'flat',
      venues: `${text(overClosedQty)} beyond flat`,
      action: 'Compare positions/* with the venue; the next sync compares again and says what remains.',
      openedAt: now,
      lastSeenAt: now,
      seen: 1,
      resolvedAt: null,
    },
  };
}
