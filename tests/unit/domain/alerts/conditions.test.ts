import { describe, expect, it } from 'vitest';
import { conditionsOf } from '../../../../functions/src/domain/alerts/conditions.ts';
import type { AlertFacts } from '../../../../functions/src/domain/alerts/conditions.ts';
import { keyOf } from '../../../../functions/src/domain/alerts/condition.ts';
import { heartbeatOf } from '../../../../functions/src/domain/alerts/heartbeats.ts';
import { EMPTY_RISK_STATE } from '../../../../functions/src/schema/records/risk-state.ts';
import { quietAccount } from '../../../../scripts/bench/quiet-account.ts';
import { testConfig } from '../../../support/engine/engine-run.ts';
import { set } from '../../config/config-files.ts';

const MINUTE = 60_000;
const CONFIG = testConfig(set('runtime.json', ['alerts'], { vetoStorm: { refusals: 10, windowMinutes: 60 } }));
const { nav, asOf: NOW } = quietAccount(CONFIG, ['BTCUSDT']);
if (nav === null) throw new Error('a quiet account has a NAV');

const beat = (at: number) => heartbeatOf('screen', 'ok', [], at, at);
const quiet = (changes: Partial<AlertFacts> = {}): AlertFacts => ({
  nav, risk: EMPTY_RISK_STATE, problems: [], accountRead: true, incidents: [], incidentsRead: { ids: new Set(), cutKinds: new Set() }, refusals: [], telemetryFaults: [], sinceAt: NOW - 90 * MINUTE,
  heartbeats: { screen: beat(NOW), learn: beat(NOW) },
  ...changes,
});
const keys = (changes: Partial<AlertFacts> = {}): readonly string[] => conditionsOf(quiet(changes), CONFIG, NOW).present.map(keyOf);
const judged = (changes: Partial<AlertFacts>, kind: 'drawdownHalt' | 'geoBlocked'): boolean => conditionsOf(quiet(changes), CONFIG, NOW).judges({ kind, subject: null });

describe('a quiet account', () => {
  it('has nothing wrong with it', () => {
    expect(keys()).toEqual([]);
  });
});

describe('the NAV', () => {
  it.each([
    ['a NAV as old as it may be', { nav: { ...nav, valueAt: NOW - 180_000 } }, []],
    ['an older one', { nav: { ...nav, valueAt: NOW - 181_000 } }, ['navStale']],
    ['one read for the last time three minutes ago', { nav: { ...nav, health: 'unavailable' as const, valueAt: NOW - 181_000 } }, ['navStale']],
    ['one that could not be read once', { nav: { ...nav, health: 'unavailable' as const } }, []],
    ['none since the beginning', { nav: null }, ['navStale']],
    ['a jump', { nav: { ...nav, health: 'anomaly' as const } }, ['navAnomaly']],
    ['a drawdown below the alert', { nav: { ...nav, drawdownPct: '2.9999' } }, []],
    ['a drawdown at the alert', { nav: { ...nav, drawdownPct: '3' } }, ['drawdownAlert']],
    ['a drawdown at the limit', { nav: { ...nav, drawdownPct: '10' } }, ['drawdownAlert', 'drawdownHalt']],
    ['a day at its limit', { nav: { ...nav, dayLossPct: '5' } }, ['dayLossHalt']],
  ])('%s', (_title, changes, expected) => {
    expect(keys(changes)).toEqual(expected);
  });

  it('that cannot be read says nothing about drawdown', () => {
    expect(judged({}, 'drawdownHalt')).toBe(true);
    expect(judged({ nav: { ...nav, health: 'unavailable', drawdownPct: '50' } }, 'drawdownHalt')).toBe(false);
    expect(judged({ nav: null }, 'drawdownHalt')).toBe(false);
  });
});

const errors = (count: number, at: number) => ({ risk: { ...EMPTY_RISK_STATE, errorsAt: Array.from({ length: count }, () => at) } });
const ticks = (refused: number, at: number) => ({ refusals: [{ at, refused: 5, code: 'nav_stale' }, { at, refused, code: 'cooldown' }] });

describe('risk', () => {
  it('has a symbol that is disabled, until it is free again', () => {
    const risk = { ...EMPTY_RISK_STATE, disabledUntilAtBySymbol: { BTCUSDT: NOW + 1, ETHUSDT: NOW } };
    expect(keys({ risk })).toEqual(['symbolDisabled:BTCUSDT']);
  });

  it('has an open circuit from as many errors as config says, within its window', () => {
    expect([keys(errors(4, NOW)), keys(errors(5, NOW)), keys(errors(5, NOW - 301_000))]).toEqual([[], ['circuitOpen'], []]);
  });

  it('has a storm of vetoes from as many refusals as config says, within its window', () => {
    expect([keys(ticks(4, NOW)), keys(ticks(5, NOW)), keys(ticks(5, NOW - 61 * MINUTE))]).toEqual([[], ['vetoStorm'], []]);
    expect(conditionsOf(quiet(ticks(5, NOW)), CONFIG, NOW).present.map(({ detail }) => detail)).toEqual(['10 entries refused within 60 minutes, by nav_stale, cooldown']);
  });
});

describe('the venue', () => {
  it('that refuses the account is not taken back by a read that failed otherwise', () => {
    expect(keys({ problems: ['account: venue answered HTTP 451: restricted location; deploy elsewhere'], accountRead: false })).toEqual(['geoBlocked']);
    expect(judged({ problems: ['account: no complete answer within 8000 ms'], accountRead: false }, 'geoBlocked')).toBe(false);
    expect(judged({}, 'geoBlocked')).toBe(true);
  });
});

describe('a scheduled job', () => {
  it.each([
    ['screen', { screen: beat(NOW - 8 * MINUTE), learn: beat(NOW) }, []],
    ['screen', { screen: beat(NOW - 9 * MINUTE), learn: beat(NOW) }, ['heartbeatLost:screen']],
    ['learn', { screen: beat(NOW), learn: beat(NOW - 60 * MINUTE) }, []],
    ['learn', { screen: beat(NOW), learn: beat(NOW - 61 * MINUTE) }, ['heartbeatLost:learn']],
    ['screen that never ran', { screen: null, learn: beat(NOW) }, ['heartbeatLost:screen']],
  ])('is lost three runs after its heartbeat is due: %s', (_job, heartbeats, expected) => {
    expect(keys({ heartbeats })).toEqual(expected);
  });
});

describe('an incident', () => {
  it('is an alert in its own words', () => {
    const data = { kind: 'liquidation' as const, summary: 'what happened', symbol: 'BTCUSDT', intentId: null, ours: '', venues: '', action: 'what to do', openedAt: NOW, lastSeenAt: NOW, seen: 1, resolvedAt: null };
    expect(conditionsOf(quiet({ incidents: [{ id: 'liquidation-x', data }] }), CONFIG, NOW).present).toEqual([{ kind: 'forcedClose', subject: 'liquidation-x', detail: 'what happened', action: 'what to do' }]);
  });

  it('that was not looked at because there are too many of its kind is not judged; one that was is, and so are other kinds', () => {
    const { judges } = conditionsOf(quiet({ incidentsRead: { ids: new Set(['foreignOrder-a']), cutKinds: new Set(['foreignFills', 'foreignOrder']) } }), CONFIG, NOW);
    expect([
      judges({ kind: 'foreignActivity', subject: 'foreignFills-b' }),
      judges({ kind: 'foreignActivity', subject: 'foreignOrder-a' }),
      judges({ kind: 'unprotectedPosition', subject: 'unprotected-c' }),
    ]).toEqual([false, true, true]);
  });
});
