/** Money that is in the balance, or gone from it, minutes before its row of income: no profit, no loss, and counted once. */
import { describe, expect, it } from 'vitest';
import { cutMarks } from '../../../../functions/src/domain/account/nav-cutoff.ts';
import { nextNav } from '../../../../functions/src/domain/account/nav.ts';
import { decimal } from '../../../../functions/src/domain/money/decimal.ts';
import { readNav } from '../../../../functions/src/domain/risk/nav-reading.ts';
import { navState } from '../../../../functions/src/schema/records/nav-state.ts';
import type { NavState } from '../../../../functions/src/schema/records/nav-state.ts';
import { aNav, codesOf } from '../risk/scenario.ts';

const RULES = { resetTimezone: 'UTC', navJumpAnomalyPct: 50 };
const MINUTE = 60_000;
const MIDNIGHT = Date.UTC(2026, 0, 16);

interface Minute {
  readonly nav: string;
  /** What the wallet holds beyond its rows. */
  readonly without?: string;
  /** The transfers that rows told of in this minute. */
  readonly rows?: string;
}

/** A reading a minute on 10,000 dollars of NAV and of both marks; the one called `midnight` is the first of the next day. */
function follow(minutes: readonly Minute[], midnight = minutes.length, before: Partial<NavState> = {}): readonly NavState[] {
  const told: NavState[] = [];
  for (const [i, { nav: navText, without = '0', rows = '0' }] of minutes.entries()) {
    const [navUsd, unexplainedUsd] = [decimal(navText), decimal(without)];
    const at = MIDNIGHT + (i - midnight) * MINUTE;
    const wallet = { baseByAsset: { USDT: '10000' }, difference: without === '0' ? null : `${without} USDT`, sinceAt: without === '0' ? null : at };
    const figures = { navUsd, walletUsd: navUsd, unrealizedUsd: decimal('0'), availableMarginUsd: navUsd, unexplainedUsd, bookedTransfersUsd: decimal('0'), wallet, pricedAt: at };
    const nav = nextNav(told.at(-1) ?? aNav(before), figures, decimal(rows), at, RULES);
    expect(navState.parse(nav)).toEqual(nav);
    told.push(nav);
  }
  return told;
}

const falls = (states: readonly NavState[]): readonly string[] => states.map((nav) => `${nav.drawdownPct} ${nav.dayLossPct}`);

/** What the gate says of falls, a moment after the reading. */
function refusals(nav: NavState): readonly string[] {
  return codesOf({ nav: { ...nav, valueAt: aNav().valueAt } }).filter((code) => ['nav_drawdown_limit', 'day_loss_limit'].includes(code));
}

describe('a payment in without a row', () => {
  it('makes good no loss, and entries stay refused until its row comes and after it', () => {
    const states = follow([{ nav: '8800' }, { nav: '10300', without: '1500' }, { nav: '10300', without: '1500' }, { nav: '10300', rows: '1500' }]);
    expect(falls(states)).toEqual(['12 12', '12 12', '12 12', '10.434783 10.434783']);
    expect(states.map(refusals)).toEqual(Array.from({ length: 4 }, () => ['nav_drawdown_limit', 'day_loss_limit']));
    expect(states.map((nav) => nav.unexplainedUsd)).toEqual(['0', '1500', '1500', '0']);
    expect(states[1]?.summary).toBe('NAV 10300 USD, 1500 USD not explained by income yet, drawdown 12 %, day loss 12 %');
  });

  it('does not hide what is lost while its row is missing', () => {
    const states = follow([{ nav: '11500', without: '1500' }, { nav: '11200', without: '1500' }, { nav: '10900', without: '1500' }]);
    expect(falls(states)).toEqual(['0 0', '3 3', '6 6']);
  });

  it('before midnight leaves the next day opening without it, and with it once its row comes', () => {
    const states = follow([{ nav: '13000', without: '3000' }, { nav: '13000', without: '3000' }, { nav: '13000', rows: '3000' }, { nav: '12350' }], 1);
    expect(states.map((nav) => nav.dayOpenNavUsd)).toEqual(['10000', '10000', '13000', '13000']);
    expect(falls(states)).toEqual(['0 0', '0 0', '0 0', '5 5']);
  });

  it('before midnight with its row at midnight opens the next day at what is there', () => {
    const [, opened] = follow([{ nav: '13000', without: '3000' }, { nav: '13000', rows: '3000' }], 1);
    expect(opened).toMatchObject({ dayOpenNavUsd: '13000', highWaterMarkUsd: '13000', dayLossPct: '0', drawdownPct: '0' });
  });

  it('is in no high-water mark that a cutoff begins with', () => {
    const [seen] = follow([{ nav: '10300', without: '1500' }], 1, { navUsd: '8800' });
    expect(cutMarks(seen ?? aNav(), [], MIDNIGHT)).toMatchObject({ highWaterMarkUsd: '8800', drawdownPct: '0' });
  });
});

describe('a payment out without a row', () => {
  it('counts as a fall until its row comes', () => {
    expect(falls(follow([{ nav: '7000', without: '-3000' }, { nav: '7000', rows: '-3000' }]))).toEqual(['30 30', '0 0']);
  });

  it('before midnight with its row at midnight is taken from the opening once, so the day has its limit', () => {
    const states = follow([{ nav: '7000', without: '-3000' }, { nav: '7000', rows: '-3000' }, { nav: '4100' }], 1);
    expect(states.map((nav) => nav.dayOpenNavUsd)).toEqual(['10000', '7000', '7000']);
    expect(falls(states)).toEqual(['30 30', '0 0', '41.428572 41.428572']);
  });

  it('before midnight with its row minutes after it opens the day at what is there, too', () => {
    const states = follow([{ nav: '7000', without: '-3000' }, { nav: '7000', without: '-3000' }, { nav: '7000', rows: '-3000' }], 1);
    expect(states.at(-1)).toMatchObject({ dayOpenNavUsd: '7000', dayLossPct: '0', drawdownPct: '0' });
  });
});

describe('a trade whose row is late', () => {
  it('with a profit that NAV had before is no fall', () => {
    const states = follow([{ nav: '10600' }, { nav: '10600', without: '600' }, { nav: '10600' }]);
    expect(falls(states)).toEqual(['0 0', '0 0', '0 0']);
    expect(states.at(-1)).toMatchObject({ maxDrawdownPct: '0', highWaterMarkUsd: '10600' });
  });

  it.each([['600', '10600'], ['-600', '9400']])('of %s before midnight is in the opening of the next day', (without, nav) => {
    const states = follow([{ nav }, { nav, without }, { nav }], 2);
    expect(states.at(-1)).toMatchObject({ dayOpenNavUsd: nav, dayLossPct: '0' });
  });

  it('beside a payment in leaves the payment as it is', () => {
    const states = follow([{ nav: '9600' }, { nav: '11100', without: '1500' }, { nav: '11100', without: '1800' }, { nav: '11100', without: '1500' }]);
    expect(falls(states)).toEqual(['4 4', '4 4', '4 4', '4 4']);
  });

  it('beside the row of the payment leaves no fall behind', () => {
    const states = follow([{ nav: '11500', without: '1500' }, { nav: '11500', without: '300', rows: '1500' }, { nav: '11500' }]);
    expect(falls(states)).toEqual(['0 0', '0 0', '0 0']);
  });
});

it('a record from before the amount was kept reads as if there were none', () => {
  const { unexplainedUsd: _unexplainedUsd, ...older } = aNav();
  expect(navState.parse(older).unexplainedUsd).toBe('0');
});

it('an amount that cannot be read is unsound', () => {
  expect(readNav(aNav({ unexplainedUsd: 'much' }), 0)).toEqual({ kind: 'unsound', field: 'unexplainedUsd', observed: 'much' });
});
