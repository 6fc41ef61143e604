import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bookIncome, emptyIncome } from '../../../functions/src/domain/account/income.ts';
import { nextNav } from '../../../functions/src/domain/account/nav.ts';
import { decimal, text } from '../../../functions/src/domain/money/decimal.ts';
import type { Decimal } from '../../../functions/src/domain/money/decimal.ts';
import type { NavState } from '../../../functions/src/schema/records/nav-state.ts';
import { anIncomeRow } from '../../support/builders/an-account.ts';
import { NOW } from '../../unit/domain/risk/scenario.ts';
import { thousandths } from '../risk/arbitraries.ts';

const HOUR = 3_600_000;
/** No bound on jumps: they have tests of their own. */
const RULES = { resetTimezone: 'UTC', navJumpAnomalyPct: 1e9 };

/** An hour of trading: profit, and what was paid in. */
const hours = fc.array(fc.tuple(thousandths(-50_000, 50_000), thousandths(-20_000, 20_000)), { minLength: 1, maxLength: 40 });

function run(results: readonly (readonly [string, string])[]): NavState[] {
  const states: NavState[] = [];
  let nav: Decimal = decimal('10000');
  let state: NavState | null = null;
  for (const [i, [profit, paid]] of [['0', '0'] as const, ...results].entries()) {
    nav = nav.plus(profit).plus(paid);
    const none = decimal('0');
    const figures = { navUsd: nav, walletUsd: nav, unrealizedUsd: none, availableMarginUsd: nav, unexplainedUsd: none, bookedTransfersUsd: none, wallet: null, pricedAt: NOW };
    state = nextNav(state, figures, decimal(paid), NOW + i * HOUR, RULES);
    states.push(state);
  }
  return states;
}

/** Below the high-water mark and below the day's opening. */
const lostUsd = (state: NavState): string[] => [decimal(state.highWaterMarkUsd), decimal(state.dayOpenNavUsd)].map((mark) => text(mark.minus(state.navUsd)));

describe('NAV and its marks', () => {
  it('show the same profit and loss in dollars with and without deposits and withdrawals', () => {
    fc.assert(
      fc.property(hours, (results) => {
        const without = run(results.map(([profit]) => [profit, '0'] as const));
        expect(run(results).map(lostUsd)).toEqual(without.map(lostUsd));
      }),
    );
  });

  it('never show a loss smaller than it is, and none where there is none', () => {
    fc.assert(
      fc.property(hours, (results) => {
        for (const state of run(results)) {
          const mark = decimal(state.highWaterMarkUsd);
          const lost = mark.minus(state.navUsd);
          expect(lost.gte('0')).toBe(true);
          expect(decimal(state.drawdownPct).times(mark).gte(lost.times('100'))).toBe(true);
          expect(decimal(state.drawdownPct).eq('0')).toBe(lost.eq('0'));
          expect(decimal(state.maxDrawdownPct).gte(state.drawdownPct)).toBe(true);
        }
      }),
    );
  });
});

const rows = fc
  .array(fc.record({ kind: fc.constantFrom('realizedPnl', 'commission', 'funding', 'transfer', 'other'), amount: thousandths(-9000, 9000), later: fc.integer({ min: 0, max: 1 }) }), { maxLength: 10 })
  .map((made) => {
    let at = NOW;
    return made.map(({ later, kind, amount }, i) => anIncomeRow({ id: `r${i}`, kind, amount, at: (at += later) }));
  });

describe('income', () => {
  it('comes to the same sums when pages overlap, repeat or come unsorted, and when a row comes late', () => {
    const pages = rows.chain((all) => fc.tuple(fc.constant(all), fc.array(fc.subarray(all), { maxLength: 4 }), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(pages, ([all, cuts, shuffled]) => {
        const usd = (row: (typeof all)[number]) => row.amount;
        const growing = [...cuts, [...shuffled, ...shuffled], all];
        const state = growing.reduce((before, page) => bookIncome(before, page, usd).state, emptyIncome(NOW));
        const { recentRows, ...sums } = bookIncome(emptyIncome(NOW), all, usd).state;
        expect(state).toMatchObject(sums);
        expect(new Set(state.recentRows)).toEqual(new Set(recentRows));
      }),
    );
  });
});
