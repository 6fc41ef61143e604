/** The next `state/nav` from one reading. What cannot be valued now leaves the last NAV with its age and the reason. */
import type { Decimal } from '../money/decimal.ts';
import { ZERO, decimal } from '../money/decimal.ts';
import type { Mark } from '../market/market.ts';
import type { RiskConfig } from '../../schema/config/risk-config.ts';
import type { IncomeState } from '../../schema/records/income-state.ts';
import type { NavState } from '../../schema/records/nav-state.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { AccountReading, VenuePosition } from './account.ts';
import { dollarRates } from './dollar-rates.ts';
import { navFigures, nextNav, unavailableNav } from './nav.ts';
import { checkWallet } from './wallet-check.ts';

/** Null where the venue could not be read. */
export interface NavReadings {
  readonly account: AccountReading | null;
  readonly positions: readonly VenuePosition[] | null;
  readonly marks: readonly Mark[] | null;
}

/** `income` is all that has been booked; null when rows may be missing. */
export function planNav(
  before: NavState | null,
  readings: NavReadings,
  income: IncomeState | null,
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
  if (income === null) return unavailable('transfers since the last reading are not known');
  const held = readings.account.balances.filter((balance) => !balance.walletBalance.eq('0') || !balance.unrealizedPnl.eq('0'));
  const valued = dollarRates(new Set(held.map((balance) => balance.asset)), readings.marks ?? []);
  if (valued.kind === 'unknown') return unavailable(`no dollar rate for margin asset ${valued.asset}`);
  const oldest = oldestMark(held.map((balance) => balance.asset), readings);
  if (oldest !== null && asOf - oldest.at > rules.navFreshnessSeconds * 1000) {
    return unavailable(`the mark of ${oldest.symbol} is ${Math.round((asOf - oldest.at) / 1000)} s old`);
  }
  const rateOf = (asset: string): Decimal | null => valued.rates.get(asset) ?? null;
  const checked = checkWallet(before === null ? null : before.wallet, held, income.amountByAsset, rateOf, asOf);
  if (checked.problem !== null) problems.push(checked.problem);
  const reading = {
    ...navFigures({ ...readings.account, balances: held }, valued.rates),
    unexplainedUsd: checked.unexplainedUsd,
    wallet: checked.check,
    bookedTransfersUsd: decimal(income.transfersUsd),
    pricedAt: oldest === null ? asOf : Math.min(oldest.at, asOf),
  };
  // Also those that were booked while the NAV could not be read.
  const transfersUsd = decimal(income.transfersUsd).minus(before === null ? ZERO : before.bookedTransfersUsd);
  return nextNav(before, reading, transfersUsd.plus(checked.depositUsd), asOf, rules);
}

/** Of the prices that the NAV rests on: of open positions, and of assets that are no dollars themselves. */
function oldestMark(assets: readonly string[], { marks, positions }: NavReadings): Mark | null {
  if (marks === null) return null;
  const symbols = new Set([...assets.map((asset) => `${asset}USDT`), ...(positions ?? []).map((position) => position.symbol)]);
  return marks.filter((mark) => symbols.has(mark.symbol)).toSorted((a, b) => a.at - b.at)[0] ?? null;
}
