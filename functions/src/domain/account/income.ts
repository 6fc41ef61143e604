/**
 * Books the venue's income rows once each.
 *
 * The venue publishes a row up to minutes after its own time, so reading on from the newest row would lose it. Every
 * reading therefore goes back over a window in which the id of each booked row is known: what is new in it is booked,
 * however late it came and however often the window is read.
 */
import type { Decimal } from '../money/decimal.ts';
import { sum } from '../money/decimal.ts';
import { tallied } from '../money/tally.ts';
import { plusText } from '../money/plus-text.ts';
import type { IncomeState } from '../../schema/records/income-state.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { IncomeKind, IncomeRow } from './account.ts';

/** The most rows of one reading: one of so many may have left something out. */
export const INCOME_MOST_ROWS = 5000;
const OVERLAP_MS = 3_600_000;
/** Half of what the venue tells in one answer, so that one call reaches what is new, unless very many rows share one time. */
const MAX_KNOWN_ROWS = 500;

export function emptyIncome(startAt: EpochMs): IncomeState {
  return {
    startedAt: startAt,
    cursorAt: startAt,
    knownSinceAt: startAt,
    recentRows: [],
    realizedPnlUsd: '0',
    commissionUsd: '0',
    commissionByAsset: {},
    fundingUsd: '0',
    unassignedFundingUsd: '0',
    transfersUsd: '0',
    otherUsd: '0',
    amountByAsset: {},
  };
}

export interface BookedIncome {
  readonly state: IncomeState;
  readonly newRows: readonly IncomeRow[];
}

/** `rows` are the venue's rows since `knownSinceAt`, in any order; `usd` values one row at a recorded rate. */
export function bookIncome(before: IncomeState, rows: readonly IncomeRow[], usd: (row: IncomeRow) => Decimal): BookedIncome {
  const known = new Set(before.recentRows.map((row) => row.id));
  const newRows = [...new Map(rows.map((row) => [row.incomeId, row])).values()]
    .filter((row) => row.at >= before.knownSinceAt && !known.has(row.incomeId))
    .toSorted((a, b) => a.at - b.at || (a.incomeId < b.incomeId ? -1 : 1));
  const last = newRows.at(-1);
  if (last === undefined) return { state: before, newRows };
  const of = (kind: IncomeKind): Decimal => sum(newRows.filter((row) => row.kind === kind).map(usd));
  const cursorAt = Math.max(before.cursorAt, last.at);
  return {
    newRows,
    state: {
      ...before,
      cursorAt,
      ...knownRows(before, newRows, cursorAt),
      realizedPnlUsd: plusText(before.realizedPnlUsd, of('realizedPnl')),
      commissionUsd: plusText(before.commissionUsd, of('commission')),
      commissionByAsset: newRows.filter((row) => row.kind === 'commission').reduce((tally, row) => tallied(tally, row.asset, row.amount), before.commissionByAsset),
      fundingUsd: plusText(before.fundingUsd, of('funding')),
      transfersUsd: plusText(before.transfersUsd, of('transfer')),
      otherUsd: plusText(before.otherUsd, of('other')),
      amountByAsset: newRows.reduce((tally, row) => tallied(tally, row.asset, row.amount), before.amountByAsset),
    },
  };
}

/** The ids within the window, oldest dropped by whole milliseconds where there are too many: one either knows all of a time or none. */
function knownRows(before: IncomeState, newRows: readonly IncomeRow[], cursorAt: EpochMs): Pick<IncomeState, 'knownSinceAt' | 'recentRows'> {
  const all = [...before.recentRows, ...newRows.map((row) => ({ id: row.incomeId, at: row.at }))].toSorted((a, b) => a.at - b.at);
  const windowStart = Math.max(before.knownSinceAt, cursorAt - OVERLAP_MS);
  const oldestKept = all.at(-MAX_KNOWN_ROWS);
  const isTooMany = all.length > MAX_KNOWN_ROWS && oldestKept !== undefined;
  const knownSinceAt = isTooMany ? Math.min(Math.max(windowStart, oldestKept.at), cursorAt) : windowStart;
  return { knownSinceAt, recentRows: all.filter((row) => row.at >= knownSinceAt) };
}
