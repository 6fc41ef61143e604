import { describe, expect, it } from 'vitest';
import { markedToMarket, planSync, utcDay } from '../../../../functions/src/domain/account/plan-sync.ts';
import type { SyncBefore, SyncPlan, SyncReadings } from '../../../../functions/src/domain/account/plan-sync.ts';
import { emptyIncome } from '../../../../functions/src/domain/account/income.ts';
import { text } from '../../../../functions/src/domain/money/decimal.ts';
import { price } from '../../../../functions/src/domain/money/units.ts';
import { navHistoryDay } from '../../../../functions/src/schema/records/nav-history.ts';
import { navState } from '../../../../functions/src/schema/records/nav-state.ts';
import { positionsState } from '../../../../functions/src/schema/records/positions-state.ts';
import type { RiskState } from '../../../../functions/src/schema/records/risk-state.ts';
import { aBalance, anAccount, anIncomeRow, aVenuePosition } from '../../../support/builders/an-account.ts';
import { aMark, aNav, aPositionsState, aRiskState, holding, NOW, RISK } from '../risk/scenario.ts';

const LATER = NOW + 60_000;

const BEFORE: SyncBefore = {
  nav: aNav(),
  positions: aPositionsState(),
  income: emptyIncome(NOW),
  cutoff: null,
  hasMoved: false,
  history: { day: '20260115', minutes: [720], navUsd: ['10000'], drawdownPct: ['0'], netTransfersUsd: ['0'], lastPointAt: NOW },
};

/** Everything read, nothing happened. */
function readings(changes: Partial<SyncReadings> = {}): SyncReadings {
  return { account: anAccount(aBalance('USDT', '10000')), positions: [], marks: [], income: [], problems: [], ...changes };
}

function plan(changes: Partial<SyncReadings> = {}, before: Partial<SyncBefore> = {}, risk: Partial<RiskState> = {}): SyncPlan {
  return planSync({ ...BEFORE, ...before }, readings(changes), aRiskState(risk), RISK, LATER);
}

const deposit = anIncomeRow({ id: 'd', kind: 'transfer', amount: '500', at: NOW + 1 });

describe('planSync with everything read', () => {
  it('brings every record to now', () => {
    const { nav, positions, history, comparison, problems } = plan();
    expect([nav?.valueAt, positions?.valueAt, history?.lastPointAt]).toEqual([LATER, LATER, LATER]);
    expect([nav?.health, positions?.health, positions?.ledgerAgrees, comparison?.agrees, problems]).toEqual(['ok', 'ok', true, true, []]);
    expect(navState.parse(nav)).toEqual(nav);
    expect(positionsState.parse(positions)).toEqual(positions);
  });

  it('starts from nothing', () => {
    const first = plan({}, { nav: null, positions: null, income: null, history: null });
    expect(first).toMatchObject({ nav: { navUsd: '10000' }, positions: { items: [] }, income: { cursorAt: LATER }, history: { day: '20260115', minutes: [721] } });
  });

  it('shows the venue\'s positions beside the ledger\'s, in a fixed order, with gross and net', () => {
    const positions = [aVenuePosition({ symbol: 'ETHUSDT', positionSide: 'short', qty: '2', mark: '50' }), aVenuePosition({ qty: '3' })];
    const state = plan({ positions }, {}, holding([{ qty: '3' }])).positions;
    expect(state?.items.map(({ symbol, qty, ledgerQty, notionalUsd }) => [symbol, qty, ledgerQty, notionalUsd])).toEqual([
      ['BTCUSDT', '3', '3', '330'],
      ['ETHUSDT', '2', '0', '100'],
    ]);
    expect(state).toMatchObject({ grossUsd: '430', netUsd: '230', ledgerAgrees: false, summary: '2 positions, gross 430 USD, ledger DISAGREES' });
  });

  it('keeps a point of the history that has a payment without its row comparable with those after the row', () => {
    const seen = plan({ account: anAccount(aBalance('USDT', '10500')) }, { nav: aNav({ wallet: { baseByAsset: { USDT: '10000' }, difference: null, sinceAt: null } }) });
    const told = plan({ account: anAccount(aBalance('USDT', '10500')), income: [deposit] }, seen);
    expect(told.history).toMatchObject({ navUsd: ['10000', '10500', '10500'], netTransfersUsd: ['0', '500', '500'] });
  });

  it('takes a deposit into the marks in the same sync that sees its money', () => {
    const { nav, income } = plan({ account: anAccount(aBalance('USDT', '10500')), income: [deposit] });
    expect(nav).toMatchObject({ health: 'ok', navUsd: '10500', highWaterMarkUsd: '10500', dayOpenNavUsd: '10500', netTransfersUsd: '500' });
    expect(income).toMatchObject({ transfersUsd: '500', cursorAt: NOW + 1 });
  });

  it('values other margin assets at their index price and ignores those that hold nothing', () => {
    const account = anAccount(aBalance('USDT', '9400'), aBalance('BNB', '1'), aBalance('XYZ', '0'));
    expect(plan({ account, marks: [aMark({ symbol: 'BNBUSDT', indexPrice: price('600') })] }).nav).toMatchObject({ navUsd: '10000', health: 'ok' });
  });

  it('adds a point to the day and begins a new day with its first', () => {
    expect(plan().history).toMatchObject({ minutes: [720, 721], navUsd: ['10000', '10000'], drawdownPct: ['0', '0'] });
    const tomorrow = planSync(BEFORE, readings(), aRiskState(), RISK, Date.UTC(2026, 0, 16, 0, 3)).history;
    expect(navHistoryDay.parse(tomorrow)).toMatchObject({ day: '20260116', minutes: [3], navUsd: ['10000'] });
  });
});

describe('planSync with a part unread', () => {
  it('keeps the last NAV and its age when the account could not be read', () => {
    const { nav, history, problems, positions } = plan({ account: null, problems: ['account: timeout'] });
    expect(nav).toMatchObject({ health: 'unavailable', navUsd: '10000', valueAt: NOW - 10_000, checkedAt: LATER });
    expect(history).toBe(BEFORE.history);
    expect(problems).toEqual(['account: timeout', 'NAV: the account could not be read']);
    expect(positions).toMatchObject({ health: 'ok', valueAt: LATER });
  });

  it('knows no NAV rather than zero when there has never been one', () => {
    expect(plan({ account: null }, { nav: null, history: null })).toMatchObject({ nav: null, history: null });
  });

  it('keeps the last NAV when a margin asset cannot be valued', () => {
    const account = anAccount(aBalance('USDT', '10'), aBalance('BNB', '1'));
    expect(plan({ account, marks: null })).toMatchObject({ nav: { health: 'unavailable', navUsd: '10000' }, problems: ['NAV: no dollar rate for margin asset BNB'] });
  });

  it('counts unrealised PnL in an asset whose wallet is empty', () => {
    const account = anAccount(aBalance('USDT', '10000'), aBalance('USDC', '0', '-40'));
    expect(plan({ account }).nav?.navUsd).toBe('9960');
  });

  it('keeps the last positions and their age, and does not compare', () => {
    const items = plan({ positions: [aVenuePosition()] }).positions;
    const { positions, comparison, nav } = plan({ positions: null }, { positions: items });
    expect(positions).toEqual({ ...items, health: 'unavailable', ledgerAgrees: null, summary: 'positions unavailable; last known shown' });
    expect(comparison).toBeNull();
    expect(nav).toMatchObject({ health: 'ok' });
    expect(plan({ positions: null }, { positions: null }).positions).toBeNull();
  });

  it('goes on saying that the ledger differs while a known difference cannot be compared anew', () => {
    const found = plan({ positions: [aVenuePosition()] }).positions;
    expect(found?.disagreements).toHaveLength(1);
    for (const [unread, before] of [[{ income: null }, {}], [{}, { hasMoved: true }]] as const) {
      const { positions, comparison } = plan({ positions: [aVenuePosition()], ...unread }, { ...before, positions: found });
      expect(comparison).toBeNull();
      expect(positions).toMatchObject({ health: 'ok', ledgerAgrees: false, disagreements: found?.disagreements, summary: expect.stringContaining('ledger DISAGREES') });
    }
  });

  it('does not move the cursor of the income, nor compare, when it could not be read', () => {
    const { income, comparison, positions } = plan({ income: null });
    expect([income, comparison]).toEqual([BEFORE.income, null]);
    expect(positions).toMatchObject({ health: 'ok', ledgerAgrees: null });
  });

  it('books none of the income when one asset cannot be valued, and does not compare with what is missing', () => {
    const rows = [deposit, anIncomeRow({ id: 'x', asset: 'BNB', at: NOW + 2 })];
    const { income, comparison, problems } = plan({ income: rows, marks: null });
    expect([income, comparison]).toEqual([BEFORE.income, null]);
    expect(problems[0]).toBe('income not booked: no dollar rate for BNB');
  });

  it('does not take a deposit for a gain while transfers are unknown, and counts it once when they are known', () => {
    const account = anAccount(aBalance('USDT', '10500'));
    const blind = plan({ account, income: null });
    expect(blind.nav).toMatchObject({ health: 'unavailable', navUsd: '10000', highWaterMarkUsd: '10000' });
    const seeing = plan({ account, income: [deposit] }, blind);
    expect(seeing.nav).toMatchObject({ health: 'ok', navUsd: '10500', highWaterMarkUsd: '10500', drawdownPct: '0', dayLossPct: '0' });
  });
});

describe('planSync and what is late', () => {
  it('moves the marks by a transfer that was booked while the account could not be read', () => {
    const blind = plan({ account: null, income: [deposit] });
    expect(blind).toMatchObject({ nav: { health: 'unavailable', netTransfersUsd: '0' }, income: { transfersUsd: '500' } });
    const seeing = plan({ account: anAccount(aBalance('USDT', '10500')) }, { ...BEFORE, ...blind });
    expect(seeing.nav).toMatchObject({ health: 'ok', highWaterMarkUsd: '10500', dayOpenNavUsd: '10500', drawdownPct: '0', netTransfersUsd: '500' });
  });

  it('does not raise the high-water mark by money whose row is still missing, so that the row raises it once', () => {
    const first = plan();
    const early = plan({ account: anAccount(aBalance('USDT', '10500')) }, { ...BEFORE, ...first });
    expect(early.nav).toMatchObject({ health: 'ok', navUsd: '10500', highWaterMarkUsd: '10000', drawdownPct: '0' });
    const told = plan({ account: anAccount(aBalance('USDT', '10500')), income: [deposit] }, { ...BEFORE, ...early });
    expect(told.nav).toMatchObject({ highWaterMarkUsd: '10500', drawdownPct: '0', dayLossPct: '0' });
  });

  it('knows no transfers while one reading does not hold all of the income', () => {
    const rows = Array.from({ length: 5000 }, (_, i) => anIncomeRow({ id: `r${i}`, kind: 'transfer', amount: '1', at: NOW + i }));
    const first = plan({ account: anAccount(aBalance('USDT', '15100')), income: rows });
    expect(first).toMatchObject({ nav: { health: 'unavailable' }, comparison: null, income: { transfersUsd: '5000' } });
    const rest = [...rows.slice(4500), ...Array.from({ length: 100 }, (_, i) => anIncomeRow({ id: `s${i}`, kind: 'transfer', amount: '1', at: NOW + 5000 + i }))];
    const second = plan({ account: anAccount(aBalance('USDT', '15100')), income: rest }, { ...BEFORE, ...first });
    expect(second.nav).toMatchObject({ health: 'ok', navUsd: '15100', highWaterMarkUsd: '15100', drawdownPct: '0' });
  });

  it('books very many rows of one millisecond once, and those after them', () => {
    const rows = Array.from({ length: 2300 }, (_, i) => anIncomeRow({ id: `r${i}`, kind: 'transfer', amount: '1', at: NOW + 1 }));
    const first = plan({ account: anAccount(aBalance('USDT', '12300')), income: rows });
    expect(first).toMatchObject({ nav: { health: 'ok', navUsd: '12300' }, income: { transfersUsd: '2300', knownSinceAt: NOW + 1 } });
    const next = plan({ account: anAccount(aBalance('USDT', '12301')), income: [...rows, anIncomeRow({ id: 's', kind: 'transfer', amount: '1', at: NOW + 2 })] }, { ...BEFORE, ...first });
    expect(next).toMatchObject({ nav: { health: 'ok', navUsd: '12301', drawdownPct: '0' }, income: { transfersUsd: '2301' } });
  });

  it('tells funding by symbol, in dollars', () => {
    const row = { ...anIncomeRow({ id: 'f', kind: 'funding', asset: 'BNB', amount: '-0.01', at: NOW + 1 }), symbol: 'ETHUSDT' };
    const { funding } = plan({ income: [row, deposit], marks: [aMark({ symbol: 'BNBUSDT', indexPrice: price('600') })] });
    expect(funding.map((payment) => [payment.symbol, text(payment.amountUsd), payment.at])).toEqual([['ETHUSDT', '-6', NOW + 1]]);
  });
});

describe('planSync and old prices', () => {
  const held = { positions: [aVenuePosition()] };

  it('is as old as the oldest mark of an open position', () => {
    expect(plan({ ...held, marks: [aMark({ at: LATER - 90_000 }), aMark({ symbol: 'ETHUSDT', at: 1 })] }).nav).toMatchObject({ health: 'ok', valueAt: LATER - 90_000, checkedAt: LATER });
  });

  it('knows no NAV when a mark is older than a NAV may be', () => {
    const { nav, problems } = plan({ ...held, marks: [aMark({ at: LATER - 181_000 })] });
    expect(nav).toMatchObject({ health: 'unavailable', healthReason: 'the mark of BTCUSDT is 181 s old', valueAt: NOW - 10_000 });
    expect(problems).toEqual(['NAV: the mark of BTCUSDT is 181 s old']);
  });

  it('looks at the rate of a margin asset in the same way', () => {
    const account = anAccount(aBalance('USDT', '9400'), aBalance('BNB', '1'));
    expect(plan({ account, marks: [aMark({ symbol: 'BNBUSDT', indexPrice: price('600'), at: LATER - 181_000 })] }).nav).toMatchObject({ health: 'unavailable' });
  });
});

describe('planSync and a cutoff', () => {
  it('begins the high-water mark anew', () => {
    const nav = aNav({ highWaterMarkUsd: '20000', drawdownPct: '50', maxDrawdownPct: '50' });
    expect(plan({}, { nav, cutoff: { at: NOW, days: [] } }).nav).toMatchObject({ highWaterMarkUsd: '10000', drawdownPct: '0', maxDrawdownPct: '0', markedSinceAt: NOW });
  });
});

describe('markedToMarket', () => {
  const risk = aRiskState(holding([{ qty: '1' }, { symbol: 'ETHUSDT', qty: '2' }]));

  it('moves exposures to newer marks and leaves the others alone', () => {
    const marked = markedToMarket(risk, [aMark({ markPrice: price('120'), at: LATER })]);
    expect(marked.exposures).toEqual({ ...risk.exposures, 'BTCUSDT-long': { ...risk.exposures['BTCUSDT-long'], markPrice: '120', markAt: LATER } });
  });

  it.each([
    ['nothing was read', null],
    ['no mark is newer', [aMark({ markPrice: price('120'), at: NOW })]],
    ['a mark is not a price', [aMark({ markPrice: price('0'), at: LATER })]],
    ['the marks are of other symbols', [aMark({ symbol: 'SOLUSDT', at: LATER })]],
  ])('gives back the very same state when %s', (_title, marks) => {
    expect(markedToMarket(risk, marks)).toBe(risk);
  });
});

describe('utcDay', () => {
  it('is the id of the history bucket', () => {
    expect([utcDay(Date.UTC(2026, 0, 15, 23, 59, 59, 999)), utcDay(Date.UTC(2026, 0, 16))]).toEqual(['20260115', '20260116']);
  });
});
