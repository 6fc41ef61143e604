import { describe, expect, it } from 'vitest';
import { bookIncome, emptyIncome } from '../../../../functions/src/domain/account/income.ts';
import type { IncomeRow } from '../../../../functions/src/domain/account/account.ts';
import { incomeState } from '../../../../functions/src/schema/records/income-state.ts';
import type { IncomeState } from '../../../../functions/src/schema/records/income-state.ts';
import { anIncomeRow } from '../../../support/builders/an-account.ts';
import type { IncomeText } from '../../../support/builders/an-account.ts';
import { NOW } from '../risk/scenario.ts';

const MINUTE = 60_000;

const inDollars = (row: IncomeRow) => (row.asset === 'BNB' ? row.amount.times('600') : row.amount);

function book(rows: readonly IncomeText[], before: IncomeState = emptyIncome(NOW)) {
  const booked = bookIncome(before, rows.map(anIncomeRow), inDollars);
  expect(incomeState.parse(booked.state)).toEqual(booked.state);
  return booked;
}

describe('bookIncome', () => {
  it('sums each kind by itself, in dollars', () => {
    const { state } = book([
      { id: 'a', kind: 'realizedPnl', amount: '12.5' },
      { id: 'b', kind: 'commission', amount: '-0.001', asset: 'BNB' },
      { id: 'c', kind: 'funding', amount: '-0.2' },
      { id: 'd', kind: 'transfer', amount: '100' },
      { id: 'e', kind: 'transfer', amount: '-30' },
      { id: 'f', kind: 'other', amount: '7' },
    ]);
    expect(state).toMatchObject({ realizedPnlUsd: '12.5', commissionUsd: '-0.6', fundingUsd: '-0.2', transfersUsd: '70', otherUsd: '7' });
    expect(state.amountByAsset).toEqual({ USDT: '89.3', BNB: '-0.001' });
  });

  it('books nothing of a page it has booked before', () => {
    const rows = [{ id: 'a' }, { id: 'b', at: NOW + 5 }];
    const once = book(rows).state;
    const again = book(rows, once);
    expect(again).toMatchObject({ state: once, newRows: [] });
    expect(again.state).toBe(once);
  });

  it('books a row that comes later with the same time as the last one booked', () => {
    const first = book([{ id: 'b', at: NOW + 5 }]).state;
    const second = book([{ id: 'b', at: NOW + 5 }, { id: 'a', at: NOW + 5 }], first);
    expect(second.newRows.map((row) => row.incomeId)).toEqual(['a']);
    expect(second.state).toMatchObject({ cursorAt: NOW + 5, commissionUsd: '-2' });
    expect(book([{ id: 'a', at: NOW + 5 }, { id: 'b', at: NOW + 5 }], second.state).newRows).toEqual([]);
  });

  it('books once what is published late, within an hour of the newest row', () => {
    const first = book([{ id: 'new', at: NOW + 50 * MINUTE }]).state;
    const late = [{ id: 'late', at: NOW + 1 }, { id: 'new', at: NOW + 50 * MINUTE }];
    const second = book(late, first);
    expect(second.newRows.map((row) => row.incomeId)).toEqual(['late']);
    expect(second.state).toMatchObject({ cursorAt: NOW + 50 * MINUTE, commissionUsd: '-2' });
    expect(book(late, second.state).newRows).toEqual([]);
  });

  it('remembers an hour of ids and takes nothing from before it, so that nothing is booked twice', () => {
    const { state } = book([{ id: 'old', at: NOW + 5 }, { id: 'new', at: NOW + 61 * MINUTE }]);
    expect(state).toMatchObject({ knownSinceAt: NOW + MINUTE, recentRows: [{ id: 'new', at: NOW + 61 * MINUTE }] });
    expect(book([{ id: 'old', at: NOW + 5 }], state).newRows).toEqual([]);
  });

  it('shortens the hour when there are more rows than half an answer holds, by whole milliseconds', () => {
    const crowd = Array.from({ length: 700 }, (_, i) => ({ id: `r${i}`, at: NOW + Math.floor(i / 10) }));
    const { state } = book(crowd);
    expect([state.recentRows.length, state.knownSinceAt]).toEqual([500, NOW + 20]);
    expect(book([...crowd, { id: 'late', at: NOW + 21 }], state).newRows.map((row) => row.incomeId)).toEqual(['late']);
  });

  it('books a row once though one reading lists it twice', () => {
    expect(book([{ id: 'a' }, { id: 'a' }, { id: 'b', at: NOW + 1 }, { id: 'a' }]).state.commissionUsd).toBe('-2');
  });

  it('leaves out what happened before it started', () => {
    expect(book([{ id: 'old', at: NOW - 1 }]).newRows).toEqual([]);
  });
});
