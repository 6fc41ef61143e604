/** Books the venue's income rows once each, by a cursor that survives repeats and rows of one and the same time. */
import type { Decimal } from '../money/decimal.ts';
import { ZERO, sum } from '../money/decimal.ts';
import { tallied } from '../money/tally.ts';
import { plusText } from '../money/plus-text.ts';
import type { IncomeState } from '../../schema/records/income-state.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { IncomeKind, IncomeRow } from './account.ts';

export function emptyIncome(startAt: EpochMs): IncomeState {
  return {
    cursorAt: startAt,
    idsAtCursor: [],
    realizedPnlUsd: '0',
    commissionUsd: '0',
    commissionByAsset: {},
    fundingUsd: '0',
    transfersUsd: '0',
    otherUsd: '0',
  };
}

export interface BookedIncome {
  readonly state: IncomeState;
  readonly newRows: readonly IncomeRow[];
  readonly transfersUsd: Decimal;
}

/** `rows` are the venue's rows at or after the cursor, in any order; `usd` values one row at a recorded rate. */
export function bookIncome(before: IncomeState, rows: readonly IncomeRow[], usd: (row: IncomeRow) => Decimal): BookedIncome {
  const seen = new Set(before.idsAtCursor);
  const newRows = [...new Map(rows.map((row) => [row.incomeId, row])).values()]
    .filter((row) => row.at > before.cursorAt || (row.at === before.cursorAt && !seen.has(row.incomeId)))
    .toSorted((a, b) => a.at - b.at || (a.incomeId < b.incomeId ? -1 : 1));
  const last = newRows.at(-1);
  if (last === undefined) return { state: before, newRows, transfersUsd: ZERO };
  const of = (kind: IncomeKind): Decimal => sum(newRows.filter((row) => row.kind === kind).map(usd));
  const transfersUsd = of('transfer');
  const idsAtLast = newRows.filter((row) => row.at === last.at).map((row) => row.incomeId);
  return {
    newRows,
    transfersUsd,
    state: {
      cursorAt: last.at,
      idsAtCursor: last.at === before.cursorAt ? [...before.idsAtCursor, ...idsAtLast] : idsAtLast,
      realizedPnlUsd: plusText(before.realizedPnlUsd, of('realizedPnl')),
      commissionUsd: plusText(before.commissionUsd, of('commission')),
      commissionByAsset: newRows.filter((row) => row.kind === 'commission').reduce((tally, row) => tallied(tally, row.asset, row.amount), before.commissionByAsset),
      fundingUsd: plusText(before.fundingUsd, of('funding')),
      transfersUsd: plusText(before.transfersUsd, transfersUsd),
      otherUsd: plusText(before.otherUsd, of('other')),
    },
  };
}
