/**
 * What one sync makes of its readings. Pure: the records to write, the incidents to raise and the problems to tell.
 * A part that could not be read keeps its last record and its age.
 */
import type { Decimal } from '../money/decimal.ts';
import { decimal, isPositive, sum, text } from '../money/decimal.ts';
import type { Mark } from '../market/market.ts';
import type { RiskConfig } from '../../schema/config/risk-config.ts';
import type { IncomeState } from '../../schema/records/income-state.ts';
import type { NavHistoryDay } from '../../schema/records/nav-history.ts';
import type { NavState } from '../../schema/records/nav-state.ts';
import { positionKey } from '../../schema/records/position.ts';
import type { PositionsState } from '../../schema/records/positions-state.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { AccountReading, IncomeRow, VenuePosition } from './account.ts';
import type { Comparison } from './compare-ledger.ts';
import { bothAgree, compareIncome, comparePositions } from './compare-ledger.ts';
import { dollarRates } from './dollar-rates.ts';
import { bookIncome, emptyIncome } from './income.ts';
import { navFigures, nextNav, unavailableNav } from './nav.ts';

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

export interface SyncPlan extends SyncRecords {
  readonly comparison: Comparison | null;
  readonly problems: readonly string[];
}

export function planSync(before: SyncRecords, readings: SyncReadings, risk: RiskState, rules: RiskConfig, asOf: EpochMs): SyncPlan {
  const problems = [...readings.problems];
  const booked = bookReadIncome(before.income, readings, problems, asOf);
  const nav = planNav(before.nav, readings, booked.transfersUsd, problems, rules, asOf);
  const comparison =
    readings.positions === null || booked.transfersUsd === null
      ? null
      : bothAgree(comparePositions(risk, readings.positions), compareIncome(risk, booked.income, asOf));
  return {
    nav,
    positions: planPositions(before.positions, readings, risk, comparison, asOf),
    income: booked.income,
    history: nav === null || nav.health === 'unavailable' ? before.history : withPoint(before.history, nav, asOf),
    comparison,
    problems,
  };
}

/** Null transfers: what was paid in or out is not known. */
interface ReadIncome {
  readonly income: IncomeState;
  readonly transfersUsd: Decimal | null;
}

function bookReadIncome(before: IncomeState | null, readings: SyncReadings, problems: string[], asOf: EpochMs): ReadIncome {
  const income = before ?? emptyIncome(asOf);
  if (readings.income === null) return { income, transfersUsd: null };
  const valued = dollarRates(new Set(readings.income.map((row) => row.asset)), readings.marks ?? []);
  if (valued.kind === 'unknown') {
    problems.push(`income not booked: no dollar rate for ${valued.asset}`);
    return { income, transfersUsd: null };
  }
  const result = bookIncome(income, readings.income, (row) => row.amount.times(valued.rates.get(row.asset) ?? raise(row.asset)));
  return { income: result.state, transfersUsd: result.transfersUsd };
}

function raise(asset: string): never {
  throw new RangeError(`no dollar rate for ${asset}`);
}

function planNav(
  before: NavState | null,
  readings: SyncReadings,
  transfersUsd: Decimal | null,
  problems: string[],
  rules: RiskConfig,
  asOf: EpochMs,
): NavState | null {
  const unavailable = (cause: string): NavState | null => {
    problems.push(`NAV: ${cause}`);
    return before === null ? null : unavailableNav(before, cause, asOf);
  };
  if (readings.account === null) return unavailable('the account could not be read');
  // Without them a deposit would pass for a gain now and move the marks a second time when its row is booked.
  if (transfersUsd === null) return unavailable('transfers since the last reading are not known');
  const held = readings.account.balances.filter((balance) => !balance.walletBalance.eq('0') || !balance.unrealizedPnl.eq('0'));
  const valued = dollarRates(new Set(held.map((balance) => balance.asset)), readings.marks ?? []);
  if (valued.kind === 'unknown') return unavailable(`no dollar rate for margin asset ${valued.asset}`);
  return nextNav(before, navFigures({ ...readings.account, balances: held }, valued.rates), transfersUsd, asOf, rules);
}

function planPositions(
  before: PositionsState | null,
  readings: SyncReadings,
  risk: RiskState,
  comparison: Comparison | null,
  asOf: EpochMs,
): PositionsState | null {
  if (readings.positions === null) {
    if (before === null) return null;
    return { ...before, health: 'unavailable', ledgerAgrees: null, checkedAt: asOf, summary: 'positions unavailable; last known shown' };
  }
  const items = readings.positions
    .map((position) => ({
      symbol: position.symbol,
      positionSide: position.positionSide,
      qty: text(position.qty),
      ledgerQty: risk.exposures[positionKey(position.symbol, position.positionSide)]?.qty ?? '0',
      entryPrice: text(position.entryPrice),
      markPrice: text(position.markPrice),
      notionalUsd: text(position.qty.times(position.markPrice)),
      unrealizedUsd: text(position.unrealizedPnl),
      liquidationPrice: position.liquidationPrice === null ? null : text(position.liquidationPrice),
    }))
    .toSorted((a, b) => (positionKey(a.symbol, a.positionSide) < positionKey(b.symbol, b.positionSide) ? -1 : 1));
  const grossUsd = sum(items.map((item) => decimal(item.notionalUsd)));
  const netUsd = sum(items.map((item) => signed(item.positionSide, decimal(item.notionalUsd))));
  const agrees = comparison?.agrees ?? null;
  return {
    summary: `${items.length} positions, gross ${text(grossUsd)} USD, ledger ${agrees === null ? 'not compared' : agrees ? 'agrees' : 'DISAGREES'}`,
    health: 'ok',
    items,
    grossUsd: text(grossUsd),
    netUsd: text(netUsd),
    ledgerAgrees: agrees,
    valueAt: asOf,
    checkedAt: asOf,
  };
}

function signed(side: 'long' | 'short', amount: Decimal): Decimal {
  return side === 'long' ? amount : amount.neg();
}

function withPoint(before: NavHistoryDay | null, nav: NavState, asOf: EpochMs): NavHistoryDay {
  const day = utcDay(asOf);
  const base = before !== null && before.day === day ? before : { day, minutes: [], navUsd: [], drawdownPct: [] };
  const minute = Math.floor((asOf % 86_400_000) / 60_000);
  return {
    day,
    minutes: [...base.minutes, minute],
    navUsd: [...base.navUsd, nav.navUsd],
    drawdownPct: [...base.drawdownPct, nav.drawdownPct],
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
