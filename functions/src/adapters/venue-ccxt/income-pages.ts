/**
 * Income since a time, page by page of the same start: more rows than one page holds may share one millisecond, and then
 * no later start would tell the rest without losing some. The usual reading is one call.
 */
import type { IncomeRow } from '../../domain/account/account.ts';
import { INCOME_MOST_ROWS } from '../../domain/account/income.ts';
import type { Reading } from '../../domain/found.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { Connection } from './connection.ts';
import { wireIncome } from './parse-income.ts';

/** The most rows of one answer. */
const ROWS_PER_PAGE = 1000;
const MOST_PAGES = INCOME_MOST_ROWS / ROWS_PER_PAGE;

export async function readIncomeSince(connection: Connection, since: EpochMs): Promise<Reading<readonly IncomeRow[]>> {
  const first = await readPage(connection, since, 1);
  if (first.kind === 'unavailable') return first;
  const rows = [...first.value];
  let isFull = first.value.length >= ROWS_PER_PAGE;
  for (let page = 2; isFull && page <= MOST_PAGES; page += 1) {
    const next = await readPage(connection, since, page);
    if (next.kind === 'unavailable') return next;
    rows.push(...next.value);
    isFull = next.value.length >= ROWS_PER_PAGE;
  }
  // Where the last page is full the number of rows says that there may be more; so it is left as it is.
  return { ...first, value: isFull ? rows : eachOnce(rows) };
}

function readPage(connection: Connection, since: EpochMs, page: number): Promise<Reading<readonly IncomeRow[]>> {
  const params = { startTime: String(since), limit: String(ROWS_PER_PAGE) };
  return connection.read('fapiPrivateGetIncome', page === 1 ? params : { ...params, page: String(page) }, wireIncome);
}

/** A row that is published between two pages moves those after it on by one, and the last of the first page is told again. */
function eachOnce(rows: readonly IncomeRow[]): readonly IncomeRow[] {
  return [...new Map(rows.map((row) => [row.incomeId, row])).values()];
}
