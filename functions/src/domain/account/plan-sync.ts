/**
 * What one sync makes of its readings. Pure: the records to write, the incidents to raise and the problems to tell.
 * A part that could not be read keeps its last record and its age.
 */
import type { Decimal } from '../money/decimal.ts';
import { decimal, isPositive, text } from '../money/decimal.ts';
import { plusText } from '../money/plus-text.ts';
import type { Mark } from '../market/market.ts';
import type { FundingPayment } from '../ledger/book-funding.ts';
import type { RiskConfig } from '../../schema/config/risk-config.ts';
import type { IncomeState } from '../../schema/records/income-state.ts';
import type { NavHistoryDay } from '../../schema/records/nav-history.ts';
import type { NavState } from '../../schema/records/nav-state.ts';
import type { PositionsState } from '../../schema/records/positions-state.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { AccountReading, IncomeRow, VenuePosition } from './account.ts';
import type { Comparison } from './compare-ledger.ts';
import { bothAgree, compareIncome, comparePositions } from './compare-ledger.ts';
import { dollarRates } from './dollar-rates.ts';
import { INCOME_MOST_ROWS, bookIncome, emptyIncome } from './income.ts';
import { cutMarks } from './nav-cutoff.ts';
import { planNav } from './plan-nav.ts';
import { planPositions } from './plan-positions.ts';

/** Null where the venue could not be read; `problems` says why. */
export interface SyncReadings {
  readonly account: AccountReading | null;
  readonly positions: readonly VenuePosition[] | null;
  readonly marks: readonly Mark[] | null;
  readonly income: readonly IncomeRow[] | null;
  readonly problems: readonly string[];
}

export interface SyncRecords {
  readonly nav: NavState | null;
  readonly positions: PositionsState | null;
  readonly income: IncomeState | null;
  readonly history: NavHistoryDay | null;
}

export interface SyncBefore extends SyncRecords {
  /** The ledger has moved since the venue was read, so the two cannot be compared. */
  readonly hasMoved: boolean;
  /** Where a cutoff of the NAV has yet to take effect: its time, and the history since. */
  readonly cutoff: { readonly at: EpochMs; readonly days: readonly NavHistoryDay[] } | null;
}

export interface SyncPlan extends SyncRecords {
  /** Funding told of for the first time, to be booked on the positions that it was paid for. */
  readonly funding: readonly FundingPayment[];
  readonly comparison: Comparison | null;
  readonly problems: readonly string[];
}

export function planSync(before: SyncBefore, readings: SyncReadings, risk: RiskState, rules: RiskConfig, asOf: EpochMs): SyncPlan {
  const problems = [...readings.problems];
  const booked = bookReadIncome(before.income, readings, problems, asOf);
  const marked = before.nav === null || before.cutoff === null ? before.nav : cutMarks(before.nav, before.cutoff.days, before.cutoff.at);
  const nav = planNav(marked, readings, booked.isComplete ? booked.income : null, problems, rules, asOf);
  const comparison =
    before.hasMoved || readings.positions === null || !booked.isComplete
      ? null
      : bothAgree(comparePositions(risk, readings.positions, asOf), compareIncome(risk, booked.income, asOf));
  return {
    nav,
    positions: planPositions(before.positions, readings.positions, risk, comparison, asOf),
    income: booked.income,
    funding: fundingOf(booked),
    history: nav === null || nav.health !== 'ok' ? before.history : withPoint(before.history, nav, asOf),
    comparison,
    problems,
  };
}

interface ReadIncome {
  readonly income: IncomeState;
  readonly newRows: readonly IncomeRow[];
  readonly usdOf: (row: IncomeRow) => Decimal;
  /** False when rows may be missing: unread, without a rate, or more than one reading holds. */
  readonly isComplete: boolean;
}

function bookReadIncome(before: IncomeState | null, readings: SyncReadings, problems: string[], asOf: EpochMs): ReadIncome {
  const income = before ?? emptyIncome(asOf);
  const unread = { income, newRows: [], usdOf: (row: IncomeRow) => raise(row.asset), isComplete: false };
  if (readings.income === null) return unread;
  const valued = dollarRates(new Set(readings.income.map((row) => row.asset)), readings.marks ?? []);
  if (valued.kind === 'unknown') {
    problems.push(`income not booked: no dollar rate for ${valued.asset}`);
    return unread;
  }
  const usdOf = (row: IncomeRow): Decimal => row.amount.times(valued.rates.get(row.asset) ?? raise(row.asset));
  const { state, newRows } = bookIncome(income, readings.income, usdOf);
  return { income: state, newRows, usdOf, isComplete: readings.income.length < INCOME_MOST_ROWS };
}

function raise(asset: string): never {
  throw new RangeError(`no dollar rate for ${asset}`);
}

function fundingOf({ newRows, usdOf }: ReadIncome): readonly FundingPayment[] {
  return newRows.flatMap((row) => (row.kind === 'funding' ? [{ symbol: row.symbol, amountUsd: usdOf(row), at: row.at }] : []));
}

function withPoint(before: NavHistoryDay | null, nav: NavState, asOf: EpochMs): NavHistoryDay {
  const day = utcDay(asOf);
  const base = before !== null && before.day === day ? before : { day, minutes: [], navUsd: [], drawdownPct: [], netTransfersUsd: [] };
  const minute = Math.floor((asOf % 86_400_000) / 60_000);
  return {
    day,
    minutes: [...base.minutes, minute],
    navUsd: [...base.navUsd, nav.navUsd],
    drawdownPct: [...base.drawdownPct, nav.drawdownPct],
    // With what has no row yet: it is in the NAV of this point, and its row moves the points after it alone.
    netTransfersUsd: [...base.netTransfersUsd, plusText(nav.netTransfersUsd, decimal(nav.unexplainedUsd))],
    lastPointAt: asOf,
  };
}

/** yyyymmdd of an instant in UTC: the id of its history bucket. */
export function utcDay(at: EpochMs): string {
  return new Date(at).toISOString().slice(0, 10).replaceAll('-', '');
}

/** Exposures restated at the latest marks; the same object when nothing is open or nothing was read. */
export function markedToMarket(risk: RiskState, marks: readonly Mark[] | null): RiskState {
  if (marks === null) return risk;
  const bySymbol = new Map(marks.map((mark) => [mark.symbol, mark]));
  let changed = false;
  const exposures = Object.fromEntries(
    Object.entries(risk.exposures).map(([key, exposure]) => {
      const mark = bySymbol.get(exposure.symbol);
      if (mark === undefined || !isPositive(mark.markPrice) || mark.at <= exposure.markAt) return [key, exposure];
      changed = true;
      return [key, { ...exposure, markPrice: text(mark.markPrice), markAt: mark.at }];
    }),
  );
  return changed ? { ...risk, exposures } : risk;
}
