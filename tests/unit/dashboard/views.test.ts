import { describe, expect, it } from 'vitest';
import { alertViews } from '../../../dashboard/src/view/alert-view.ts';
import { exact, price, signOf, usd } from '../../../dashboard/src/view/amount.ts';
import { heatMap } from '../../../dashboard/src/view/expectancy-view.ts';
import { orderViews } from '../../../dashboard/src/view/order-view.ts';
import { positionViews } from '../../../dashboard/src/view/position-view.ts';
import { routerView } from '../../../dashboard/src/view/router-view.ts';
import { tickHealth } from '../../../dashboard/src/view/tick-view.ts';
import { tradingView } from '../../../dashboard/src/view/trading-view.ts';
import { lastDecisions, vetoGroups } from '../../../dashboard/src/view/veto-view.ts';
import type { TradingControl } from '../../../functions/src/schema/records/trading-control.ts';
import { anOrderRecord } from '../../support/builders/an-order-record.ts';
import { aDecision, aFlood, aTick, aVeto } from '../cli/records.ts';
import { NOW } from '../domain/risk/scenario.ts';
import { stored } from './stored.ts';

describe('an amount', () => {
  it('is formatted from its exact text, however long', () => {
    expect(usd('90071992547409931.005')).toBe('90,071,992,547,409,931.01');
    expect(exact('0.123456789012')).toBe('0.123456789012');
  });

  it('that is unknown is a dash, and zero is zero', () => {
    expect([usd(null), usd('0'), price(null)]).toEqual(['–', '0.00', '–']);
    expect([signOf(null), signOf('-0.00'), signOf('-0.01'), signOf('0.01')]).toEqual(['unknown', 'even', 'loss', 'gain']);
  });
});

const control = (changes: Partial<TradingControl>) => stored('trading', { state: 'HALTED' as const, actor: 'ann', reason: 'storm', changedAt: NOW - 60_000, expiresAt: null, ...changes });

describe('the trading state', () => {
  it('is ACTIVE where nobody has ever changed it', () => {
    expect(tradingView(null, NOW).state).toBe('ACTIVE');
  });

  it('falls back to ACTIVE at its expiry, not before', () => {
    expect(tradingView(control({ expiresAt: NOW + 1 }), NOW).state).toBe('HALTED');
    expect(tradingView(control({ expiresAt: NOW }), NOW).state).toBe('ACTIVE');
  });

  it('says who, when and why', () => {
    expect(tradingView(control({}), NOW).detail).toBe('HALTED by ann, 60 s ago: storm');
  });

  it('is unknown, not ACTIVE, when the record cannot be read', () => {
    expect(tradingView({ id: 'trading', fields: { state: 'PAUSED' } }, NOW).state).toBe('UNKNOWN');
  });
});

const positions = (items: object[]) => ({ id: 'positions', fields: { items } });

const protection = (changes: object) => ({
  id: 'BTCUSDT-long',
  fields: { resting: [{ clientStopId: 'x', kind: 'stopLoss', triggerPrice: '99' }], unprotectedSinceAt: null, reason: null, ...changes },
});

describe('positions', () => {
  const item = { symbol: 'BTCUSDT', positionSide: 'long' as const, qty: '2', ledgerQty: '2', entryPrice: '100', markPrice: '110', notionalUsd: '220', unrealizedUsd: '20', liquidationPrice: null };
  it('that were never read are not the same as none', () => {
    expect(positionViews(null, [])).toBeNull();
    expect(positionViews(positions([]), [])).toEqual([]);
  });

  it('carry the stops that rest for them and their distance from the mark', () => {
    const [view] = positionViews(positions([item]), [protection({})]) ?? [];
    expect(view).toMatchObject({ ledgerAgrees: true, liquidation: null, protection: { state: 'resting' }, stops: [{ kind: 'stop', price: '99', distancePct: -10 }] });
  });

  it('without their stop say since when', () => {
    const [view] = positionViews(positions([item]), [protection({ unprotectedSinceAt: NOW, reason: 'rejected' })]) ?? [];
    expect(view?.protection).toEqual({ state: 'missing', sinceAt: NOW, reason: 'rejected' });
  });

  it('without a record of protection are unknown, not protected', () => {
    expect(positionViews(positions([item]), [])?.[0]?.protection.state).toBe('unknown');
  });

  it('whose quantity is unknown agree with nothing', () => {
    expect(positionViews(positions([{ ...item, qty: undefined }]), [])?.[0]).toMatchObject({ qty: null, ledgerAgrees: null });
  });
});

describe('an order', () => {
  it('tells its life in order, without the stages it has not reached', () => {
    const [view] = orderViews([stored('o', anOrderRecord({ status: 'working', armedAt: NOW, ackedAt: NOW + 5, cancelRequestedAt: null, terminalAt: null, qty: '4', executedQty: '1' }))]);
    expect(view).toMatchObject({ status: 'working', tone: 'open', filledShare: 0.25, stages: [{ label: 'armed', at: NOW }, { label: 'acknowledged', at: NOW + 5 }] });
  });

  it('of an unknown status is shown and asks for attention', () => {
    expect(orderViews([{ id: 'o', fields: { status: 'parked' } }])[0]).toMatchObject({ status: 'unknown', tone: 'warn', qty: null, filledShare: null });
  });
});

const alert = (changes: object) => ({ id: 'a', fields: { severity: 'warning', kind: 'navStale', subject: null, detail: 'NAV is 240 s old', action: 'look at the venue', raisedAt: NOW, ...changes } });

describe('an alert', () => {
  it('stands behind a worse one, then behind a newer one', () => {
    const views = alertViews([alert({ detail: 'old' }), alert({ severity: 'info', detail: 'calm' }), alert({ severity: 'critical', detail: 'bad', raisedAt: NOW - 5000 }), alert({ detail: 'new', raisedAt: NOW + 1 })], []);
    expect(views.map(({ tone, detail }) => [tone, detail])).toEqual([['bad', 'bad'], ['warn', 'new'], ['warn', 'old'], ['calm', 'calm']]);
  });

  it('of a severity that the page does not know is as bad as any', () => {
    expect(alertViews([alert({ severity: 'apocalyptic' })], [])[0]).toMatchObject({ tone: 'bad', kind: 'nav stale', action: 'look at the venue' });
  });

  it('about an incident that is shown itself are left out', () => {
    const about = alert({ subject: 'overClose-a', detail: 'more was closed than held' });
    expect(alertViews([about], [{ id: 'overClose-a' }])).toEqual([]);
    expect(alertViews([about], [{ id: 'another' }])).toHaveLength(1);
  });
});

describe('why not', () => {
  it('counts the refusals of the last day by code, most frequent first, with observed, limit and where it is set', () => {
    const groups = vetoGroups([
      stored('a', aFlood({ count: 2, lastAt: NOW - 1000 })),
      stored('b', aFlood({ count: 3, lastAt: NOW - 500, vetoes: [aVeto(), aVeto({ code: 'wide_spread', observed: '9.1', limit: '7.5', unit: 'bps', configPath: 'risk.json:maxSpreadBps' })] })),
      stored('c', aFlood({ count: 50, lastAt: NOW - 86_400_000 })),
    ], NOW);
    expect(groups.map(({ code, count }) => [code, count])).toEqual([['tier_cap', 5], ['wide_spread', 3]]);
    expect(groups[0]?.refusals.map(({ observed, limit, configPath, count }) => [observed, limit, configPath, count])).toEqual([
      ['31.5 %', '30 %', 'risk.json:tiers.CORE.maxExposurePct', 3], ['31.5 %', '30 %', 'risk.json:tiers.CORE.maxExposurePct', 2],
    ]);
  });

  it('shows a code that the page does not know', () => {
    expect(vetoGroups([stored('a', aFlood({ lastAt: NOW, vetoes: [aVeto({ code: 'brand_new', observed: null })] }))], NOW)[0]).toMatchObject({ code: 'brand_new', refusals: [{ observed: '–' }] });
  });

  it('keeps the newest decision of each strategy on each symbol', () => {
    const ticks = [
      stored('t2', aTick({ scheduledAt: NOW, decisions: [aDecision({ outcome: 'vetoed', reason: null, vetoes: [aVeto()] })] })),
      stored('t1', aTick({ scheduledAt: NOW - 60_000, decisions: [aDecision(), aDecision({ symbol: 'ETHUSDT' })] })),
    ];
    expect(lastDecisions(ticks).map(({ key, outcome, reason, at }) => [key, outcome, reason, at])).toEqual([
      ['BTCUSDT zscore-5m', 'refused', 'tier_cap', NOW], ['ETHUSDT zscore-5m', 'no signal', 'close is not stretched', NOW - 60_000],
    ]);
  });
});

describe('ticks', () => {
  it('show median and longest run, how late they began, and what was not ok', () => {
    const health = tickHealth([
      stored('c', aTick({ scheduledAt: NOW, startedAt: NOW + 90, finishedAt: NOW + 390, outcome: 'degraded', problems: ['slow'] })),
      stored('b', aTick({ scheduledAt: NOW, startedAt: NOW, finishedAt: NOW + 20 })),
      stored('a', aTick({ scheduledAt: NOW, startedAt: NOW, finishedAt: NOW + 10 })),
    ]);
    expect(health).toMatchObject({ ok: 2, notOk: 1, durationP50Ms: 20, durationMaxMs: 300, lagMaxMs: 90, lastAt: NOW + 90 });
    expect(health.ticks.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('that say no times have no median', () => {
    expect(tickHealth([{ id: 'a', fields: {} }])).toMatchObject({ durationP50Ms: null, lagMaxMs: null, notOk: 1 });
  });
});

describe('what was learned', () => {
  it('is nothing before it is computed', () => {
    expect([routerView(null), heatMap(null), heatMap({})]).toEqual([null, null, null]);
  });

  it('of a router without data is insufficient, with no number made up', () => {
    expect(routerView({ symbols: { BTCUSDT: { quality: 'insufficient_data', makerShare: null } } })?.rows[0]).toMatchObject({ quality: 'insufficient data', tone: 'calm', makerShare: null, slippageP95Bps: null });
  });

  it('by hour has all 24 hours; an hour without trades has no value', () => {
    const map = heatMap({ byHourUtc: { '3': { expectancyBps: -4, samples: 12, isWarmup: true }, '14': { expectancyBps: 8, samples: 300, isWarmup: false }, '15': { expectancyBps: null, samples: 0 } } });
    expect(map?.cells).toHaveLength(24);
    expect(map?.cells[3]).toMatchObject({ hour: '03', value: -4, strength: 2, samples: 12, isWarmup: true });
    expect(map?.cells[14]).toMatchObject({ value: 8, strength: 3, isWarmup: false });
    expect([map?.cells[15]?.value, map?.cells[16]?.value]).toEqual([null, null]);
  });
});
