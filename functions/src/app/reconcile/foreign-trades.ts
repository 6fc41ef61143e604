/** Trades at the venue that no order under way explains: found, valued, attributed and booked. */
import type { PositionMode } from '../../domain/account/account.ts';
import { derivedId } from '../../domain/identity/derived-id.ts';
import { bookForeignFills } from '../../domain/ledger/book-foreign-fills.ts';
import type { BookedForeign } from '../../domain/ledger/book-foreign-fills.ts';
import type { PositionSides } from '../../domain/ledger/book-on-sides.ts';
import { closedByOf } from '../../domain/ledger/fill-origin.ts';
import { isPositive, text } from '../../domain/money/decimal.ts';
import type { Decimal } from '../../domain/money/decimal.ts';
import type { VenueFill } from '../../domain/order/venue-order.ts';
import { withHold } from '../../domain/risk/hold-symbol.ts';
import type { Transaction } from '../../ports/store.ts';
import { fillId } from '../../schema/records/fill.ts';
import type { IncomeState } from '../../schema/records/income-state.ts';
import type { StandingDisagreement } from '../../schema/records/positions-state.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { feeRates } from '../ledger/fee-rates.ts';
import { isHolding, readOrigins, tellOrigins } from './fill-origins.ts';
import type { FillOrigins } from './fill-origins.ts';
import { raiseIncident } from '../incidents.ts';
import { knownTrades, writeBooked } from '../ledger/ledger-records.ts';

export type { BookedForeign };

/** A trade may be published after later ones; so far back from the newest one known is looked again. */
const OVERLAP_MS = 3_600_000;
/** How long the near past has to leave a difference unexplained before the far past is asked too. */
export const NEAR_LOOKS_MS = 120_000;
const MINUTE_MS = 60_000;
const FAR_LOOK_BACK_MS = 86_400_000;

/** Those not booked, with what booking them takes. */
export interface ForeignTrades {
  readonly fills: readonly VenueFill[];
  readonly feeRate: (asset: string) => Decimal;
  readonly origins: FillOrigins;
}

export interface Unexplained {
  readonly symbol: string;
  readonly disagreements: readonly StandingDisagreement[];
  readonly risk: RiskState;
  readonly income: IncomeState;
}

/** From when on trades may explain it. Never from before the ledger began: what was traded then is in no sum of ours. */
export function whereToLook({ symbol, disagreements, risk, income }: Unexplained, now: EpochMs): EpochMs {
  const lastFillAt = risk.lastFillAtBySymbol[symbol];
  const foundAt = Math.min(...disagreements.map((entry) => entry.foundAt));
  const near = lastFillAt === undefined ? foundAt - FAR_LOOK_BACK_MS : lastFillAt - OVERLAP_MS;
  const from = now - foundAt < NEAR_LOOKS_MS ? near : Math.min(near, foundAt - FAR_LOOK_BACK_MS);
  return Math.max(from, income.startedAt);
}

/** Null when trades, a rate or an origin could not be read: nothing may be concluded from them then. */
export async function readForeign(deps: EngineDeps, symbol: string, since: EpochMs): Promise<ForeignTrades | null> {
  const report = await deps.step('adopt.read-fills', () => deps.venue.fillsSince(symbol, since));
  if (report.kind === 'unavailable') return unread(deps, symbol, report.cause);
  // What is booked stays booked; the transaction looks again for what was booked since.
  const known = await knownTrades(deps.store, symbol, report.value);
  const fills = report.value.filter((fill) => !known.has(fill.tradeId));
  const rates = await feeRates(deps, fills);
  if (rates.kind === 'unavailable') return unread(deps, symbol, rates.cause);
  const origins = await readOrigins(deps, symbol, fills);
  if (origins.kind === 'unavailable') return unread(deps, symbol, origins.cause);
  return { fills, feeRate: rates.value, origins: origins.value };
}

function unread(deps: EngineDeps, symbol: string, cause: string): null {
  deps.log.fillsUnavailable(symbol, cause);
  return null;
}

interface LedgerOfSymbol {
  readonly symbol: string;
  readonly positions: PositionSides;
  readonly risk: RiskState;
  readonly mode: PositionMode;
}

/** As writes of the caller's transaction, in which `ledger` and `known` were read. Of very many the first: the next sync compares anew and finds the others. */
export function bookForeign(deps: EngineDeps, tx: Transaction, { symbol, positions, risk, mode }: LedgerOfSymbol, { fills, feeRate, origins }: ForeignTrades, known: ReadonlySet<string>, now: EpochMs): BookedForeign {
  const tier = deps.limits.forSymbol(symbol).tier ?? 'none';
  const booked = bookForeignFills({ positions, risk }, fills, known, { tier, mode, feeRate, closedBy: (order) => closedByOf(origins.get(order) ?? 'other') });
  const held = isHolding(deps, booked.fills, origins) ? withHold(booked.books.risk, symbol, now + deps.config.risk.foreign.holdMinutes * MINUTE_MS) : booked.books.risk;
  writeBooked(tx, positions, { ...booked, books: { ...booked.books, risk: held } });
  return booked;
}

export async function tellBooked(deps: EngineDeps, symbol: string, booked: BookedForeign, origins: FillOrigins): Promise<void> {
  deps.log.fillsAdopted(symbol, booked.fills.length);
  await tellOrigins(deps, symbol, booked.fills, origins);
  if (isPositive(booked.overClosedQty)) await raiseIncident(deps, overCloseIncident(symbol, booked, deps.clock.now()));
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
