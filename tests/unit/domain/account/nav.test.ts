import { describe, expect, it } from 'vitest';
import { navFigures, nextNav, unavailableNav } from '../../../../functions/src/domain/account/nav.ts';
import type { NavReading } from '../../../../functions/src/domain/account/nav.ts';
import { decimal, ONE, text } from '../../../../functions/src/domain/money/decimal.ts';
import { navState } from '../../../../functions/src/schema/records/nav-state.ts';
import type { NavState } from '../../../../functions/src/schema/records/nav-state.ts';
import { aBalance, anAccount } from '../../../support/builders/an-account.ts';
import { aNav, NOW } from '../risk/scenario.ts';

const RULES = { resetTimezone: 'UTC', navJumpAnomalyPct: 10 };
const NEXT_DAY = Date.UTC(2026, 0, 16, 0, 1);

function figures(navUsd: string, changes: Partial<NavReading> = {}): NavReading {
  const [nav, none] = [decimal(navUsd), decimal('0')];
  return { navUsd: nav, walletUsd: nav, unrealizedUsd: none, availableMarginUsd: nav, unexplainedUsd: none, bookedTransfersUsd: none, wallet: null, pricedAt: NOW, ...changes };
}

/** What follows on 10,000 dollars of NAV, of the day's opening and of the high-water mark. */
function next(navUsd: string, before: Partial<NavState> | null = {}, transfersUsd = '0', asOf = NOW): NavState {
  const nav = nextNav(before === null ? null : aNav(before), figures(navUsd), decimal(transfersUsd), asOf, RULES);
  expect(navState.parse(nav)).toEqual(nav);
  return nav;
}

describe('navFigures', () => {
  it('is wallet plus unrealised PnL of all margin assets in dollars', () => {
    const account = anAccount(aBalance('USDT', '1000', '-50', '900'), aBalance('BNB', '2', '0.5', '1'));
    const { navUsd, walletUsd, unrealizedUsd, availableMarginUsd } = navFigures(account, new Map([['USDT', ONE], ['BNB', decimal('600')]]));
    expect([navUsd, walletUsd, unrealizedUsd, availableMarginUsd].map(text)).toEqual(['2450', '2200', '250', '1500']);
  });

  it('refuses an asset without a rate rather than leave it out', () => {
    expect(() => navFigures(anAccount(aBalance('BTC', '1')), new Map())).toThrow('no dollar rate for margin asset BTC');
  });
});

describe('nextNav', () => {
  it('starts with its first reading as both marks', () => {
    expect(next('5000', null, '700')).toMatchObject({
      health: 'ok', navUsd: '5000', highWaterMarkUsd: '5000', dayOpenNavUsd: '5000', drawdownPct: '0', dayLossPct: '0', dayKey: '2026-01-15', valueAt: NOW,
    });
  });

  it.each<[string, string, Partial<NavState>, string, Partial<NavState>]>([
    ['a gain raises the high-water mark only', '10500', {}, '0', { highWaterMarkUsd: '10500', dayOpenNavUsd: '10000', drawdownPct: '0', dayLossPct: '0' }],
    ['a loss counts against both marks', '9500', { highWaterMarkUsd: '10500' }, '0', { highWaterMarkUsd: '10500', drawdownPct: '9.52381', dayLossPct: '5' }],
    ['a deposit moves both marks and is no gain', '12000', {}, '2000', { highWaterMarkUsd: '12000', dayOpenNavUsd: '12000', drawdownPct: '0', dayLossPct: '0', netTransfersUsd: '2000' }],
    ['a withdrawal moves both marks and is no loss', '7000', {}, '-3000', { highWaterMarkUsd: '7000', dayOpenNavUsd: '7000', drawdownPct: '0', dayLossPct: '0', netTransfersUsd: '-3000' }],
    ['a loss is not hidden by a deposit', '11500', {}, '2000', { highWaterMarkUsd: '12000', drawdownPct: '4.166667', dayLossPct: '4.166667' }],
    ['the worst drawdown is kept', '10000', { maxDrawdownPct: '7.5' }, '0', { drawdownPct: '0', maxDrawdownPct: '7.5' }],
    ['a new worst drawdown is noted', '9200', { maxDrawdownPct: '7.5' }, '0', { drawdownPct: '8', maxDrawdownPct: '8' }],
  ])('%s', (_title, navUsd, before, transfers, expected) => {
    const nav = next(navUsd, before, transfers);
    expect(nav).toMatchObject(expected);
  });

  it('rounds a loss up, never down to nothing', () => {
    expect(next('9999.999999999')).toMatchObject({ drawdownPct: '0.000001', dayLossPct: '0.000001' });
  });

  it('opens a new day at the last NAV of the old one, moved by what was paid since', () => {
    const nav = next('9600', { navUsd: '9500', dayOpenNavUsd: '9000' }, '300', NEXT_DAY);
    expect(nav).toMatchObject({ dayKey: '2026-01-16', dayOpenNavUsd: '9800', highWaterMarkUsd: '10300' });
    expect(nav.dayLossPct).toBe('2.040817');
  });

  it('goes by the day of the configured timezone', () => {
    const nav = nextNav(aNav(), figures('10000'), decimal('0'), NOW, { ...RULES, resetTimezone: 'Asia/Tokyo' });
    expect(nav.dayKey).toBe('2026-01-15');
    expect(nextNav(aNav(), figures('10000'), decimal('0'), NOW + 3 * 3_600_000, { ...RULES, resetTimezone: 'Asia/Tokyo' }).dayKey).toBe('2026-01-16');
  });

  it('calls everything lost when nothing positive is left to lose from', () => {
    expect(next('-10', { highWaterMarkUsd: '0', dayOpenNavUsd: '0', navUsd: '0' })).toMatchObject({ drawdownPct: '100', dayLossPct: '100' });
  });
});

describe('a jump of NAV', () => {
  it.each([
    ['at the bound', '11000', '0', 'ok'],
    ['above it', '11000.01', '0', 'anomaly'],
    ['below it', '8999', '0', 'anomaly'],
    ['explained by a deposit', '15000', '5000', 'ok'],
    ['explained in part', '15000', '3000', 'anomaly'],
    ['missing though money was paid in', '10000', '5000', 'anomaly'],
  ])('%s', (_title, navUsd, transfers, health) => {
    expect(next(navUsd, {}, transfers).health).toBe(health);
  });

  it('says how far and what is missing', () => {
    expect(next('12000').healthReason).toBe('NAV moved 20 % since the last reading without a matching transfer');
  });

  it('does not raise the high-water mark until the next reading confirms it', () => {
    const jumped = next('20000');
    expect(jumped).toMatchObject({ navUsd: '20000', highWaterMarkUsd: '10000' });
    expect(next('20000', jumped)).toMatchObject({ health: 'ok', highWaterMarkUsd: '20000' });
  });

  it('leaves no drawdown behind when it was an error', () => {
    const after = next('10000', next('10000', next('20000')));
    expect(after).toMatchObject({ health: 'ok', highWaterMarkUsd: '10000', drawdownPct: '0' });
  });

  it('counts a deposit once though its row comes a reading later than its money', () => {
    const seen = next('20000');
    expect(next('20000', next('20000', seen, '10000'))).toMatchObject({ highWaterMarkUsd: '20000', drawdownPct: '0' });
  });
});

describe('unavailableNav', () => {
  it('keeps every value and its age, and says why and since when it is blind', () => {
    const before = aNav({ navUsd: '9000', drawdownPct: '10' });
    const nav = unavailableNav(before, 'timeout', NOW + 60_000);
    expect(nav).toEqual({ ...before, health: 'unavailable', healthReason: 'timeout', checkedAt: NOW + 60_000, summary: expect.stringContaining('9000') });
    expect(navState.parse(nav)).toEqual(nav);
  });
});
