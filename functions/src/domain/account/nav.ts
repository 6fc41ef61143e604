/**
 * NAV, drawdown and day loss from one account reading. Deposits and withdrawals move the high-water mark and the
 * day's opening NAV by the same amount, so they are never profit or loss. An unread account keeps the last values
 * and their age; nothing is ever replaced by zero. A NAV that jumped does not raise the high-water mark until the next
 * reading confirms it: a wrong price would leave a drawdown that never was. Nor does money whose row of income is still
 * missing: the row would raise the mark once more. Until then such money makes good no loss either.
 */
import type { Decimal } from '../money/decimal.ts';
import { HUNDRED, ZERO, decimal, divide, isPositive, isZero, max, sum, text } from '../money/decimal.ts';
import type { NavState, WalletCheck } from '../../schema/records/nav-state.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { AccountReading } from './account.ts';
import { dayKeyOf } from './day-key.ts';
import { explainedUsd, unexplainedOfNav } from './unexplained.ts';

/** Percentages are rounded against us: a loss never looks smaller than it is. */
const PCT_PLACES = 6;

export interface NavFigures {
  readonly navUsd: Decimal;
  readonly walletUsd: Decimal;
  readonly unrealizedUsd: Decimal;
  readonly availableMarginUsd: Decimal;
}

/** What a reading knows beside its sums. */
export interface NavReading extends NavFigures {
  /** What the wallet holds beyond what rows of income explain; negative when it holds less. */
  readonly unexplainedUsd: Decimal;
  readonly wallet: WalletCheck | null;
  /** Transfers that income has told of in all. */
  readonly bookedTransfersUsd: Decimal;
  /** Time of the oldest price in the sums. */
  readonly pricedAt: EpochMs;
}

export interface NavRules {
  readonly resetTimezone: string;
  /** A change larger than this without a matching transfer is an anomaly. Percent of the previous NAV. */
  readonly navJumpAnomalyPct: number;
}

/** Dollars per unit of each margin asset; the caller refuses a reading with an asset it cannot value. */
export function navFigures(reading: AccountReading, rates: ReadonlyMap<string, Decimal>): NavFigures {
  const valued = (pick: (balance: AccountReading['balances'][number]) => Decimal): Decimal =>
    sum(reading.balances.map((balance) => pick(balance).times(rateOf(balance.asset, rates))));
  const walletUsd = valued((balance) => balance.walletBalance);
  const unrealizedUsd = valued((balance) => balance.unrealizedPnl);
  return {
    walletUsd,
    unrealizedUsd,
    navUsd: walletUsd.plus(unrealizedUsd),
    availableMarginUsd: valued((balance) => balance.availableBalance),
  };
}

function rateOf(asset: string, rates: ReadonlyMap<string, Decimal>): Decimal {
  const rate = rates.get(asset);
  if (rate === undefined) throw new RangeError(`no dollar rate for margin asset ${asset}`);
  return rate;
}

/** The next `state/nav` after a successful reading. `transfersUsd` is the net of deposits since the previous one. */
export function nextNav(
  before: NavState | null,
  figures: NavReading,
  transfersUsd: Decimal,
  asOf: EpochMs,
  rules: NavRules,
): NavState {
  const { navUsd } = figures;
  const dayKey = dayKeyOf(asOf, rules.resetTimezone);
  const anomaly = before === null ? null : jumpAnomaly(before, navUsd, transfersUsd, rules.navJumpAnomalyPct);
  const unexplainedUsd = unexplainedOfNav(before, figures, transfersUsd);
  const peakUsd = explainedUsd(navUsd, figures.unexplainedUsd);
  const marks = movedMarks(before, navUsd, transfersUsd, dayKey, anomaly === null ? peakUsd : null);
  const leftUsd = explainedUsd(navUsd, unexplainedUsd);
  const drawdownPct = lossPct(marks.highWaterMark, leftUsd);
  const dayLossPct = lossPct(marks.dayOpen, leftUsd);
  const unexplained = isZero(unexplainedUsd) ? '' : `, ${text(unexplainedUsd)} USD not explained by income yet`;
  return {
    summary: `NAV ${navUsd.toFixed()} USD${unexplained}, drawdown ${text(drawdownPct)} %, day loss ${text(dayLossPct)} %`,
    health: anomaly === null ? 'ok' : 'anomaly',
    healthReason: anomaly,
    navUsd: text(navUsd),
    unexplainedUsd: text(unexplainedUsd),
    walletUsd: text(figures.walletUsd),
    unrealizedUsd: text(figures.unrealizedUsd),
    availableMarginUsd: text(figures.availableMarginUsd),
    highWaterMarkUsd: text(marks.highWaterMark),
    markedSinceAt: before === null ? asOf : before.markedSinceAt,
    drawdownPct: text(drawdownPct),
    maxDrawdownPct: text(before === null ? drawdownPct : max(decimal(before.maxDrawdownPct), drawdownPct)),
    dayKey,
    dayOpenNavUsd: text(marks.dayOpen),
    dayLossPct: text(dayLossPct),
    netTransfersUsd: text(before === null ? transfersUsd : decimal(before.netTransfersUsd).plus(transfersUsd)),
    bookedTransfersUsd: text(figures.bookedTransfersUsd),
    wallet: figures.wallet,
    valueAt: figures.pricedAt,
    checkedAt: asOf,
  };
}

/** The next `state/nav` when the venue could not be read: last values, their age, and the reason. */
export function unavailableNav(before: NavState, cause: string, checkedAt: EpochMs): NavState {
  return {
    ...before,
    summary: `NAV unavailable (${cause}); last known ${before.navUsd} USD`,
    health: 'unavailable',
    healthReason: cause,
    checkedAt,
  };
}

function movedMarks(before: NavState | null, navUsd: Decimal, transfersUsd: Decimal, dayKey: string, peakUsd: Decimal | null) {
  if (before === null) return { highWaterMark: navUsd, dayOpen: navUsd };
  const mark = decimal(before.highWaterMarkUsd).plus(transfersUsd);
  const highWaterMark = peakUsd === null ? mark : max(mark, peakUsd);
  // A new day opens at the last NAV of the old one, moved by what was paid in or out since, and by what was paid before
  // once its row comes.
  const opening = before.dayKey === dayKey ? decimal(before.dayOpenNavUsd) : decimal(before.navUsd).minus(before.unexplainedUsd);
  return { highWaterMark, dayOpen: opening.plus(transfersUsd) };
}

/** 100 * (mark - nav) / mark, at least zero. A mark that is not positive has lost everything: 100. */
export function lossPct(mark: Decimal, navUsd: Decimal): Decimal {
  if (navUsd.gte(mark)) return ZERO;
  if (!isPositive(mark)) return HUNDRED;
  return divide(mark.minus(navUsd).times(HUNDRED), mark, PCT_PLACES, 'up');
}

function jumpAnomaly(before: NavState, navUsd: Decimal, transfersUsd: Decimal, limitPct: number): string | null {
  const base = decimal(before.navUsd);
  if (!isPositive(base)) return null;
  const change = navUsd.minus(base).minus(transfersUsd).abs();
  const changePct = divide(change.times(HUNDRED), base, PCT_PLACES, 'up');
  if (changePct.lte(String(limitPct))) return null;
  return `NAV moved ${text(changePct)} % since the last reading without a matching transfer`;
}
