import { describe, expect, it } from 'vitest';
import { learnedFrom } from '../../../../functions/src/domain/learning/learned.ts';
import type { StoredLearned } from '../../../../functions/src/domain/learning/learned.ts';
import { riskAllocationOf } from '../../../../functions/src/domain/learning/risk-allocation.ts';
import { riskModeOf } from '../../../../functions/src/domain/learning/risk-mode.ts';
import { sizeMultipliers } from '../../../../functions/src/domain/learning/size-multipliers.ts';
import { ALL_FLAGS_OFF, flagSnapshot, flagsText } from '../../../../functions/src/schema/feature-flags.ts';
import { riskAllocation } from '../../../../functions/src/schema/records/risk-allocation.ts';
import type { NavState } from '../../../../functions/src/schema/records/nav-state.ts';
import { aScore, allocationOf, anAllocation, anExpectancyState, resultsOf, scoresOf } from '../../../support/builders/learned-records.ts';
import { parsed, shippedFiles } from '../../config/config-files.ts';
import { aNav, NOW } from '../risk/scenario.ts';

const CONFIG = parsed(shippedFiles);
const { intel } = CONFIG;
const MINUTE_MS = 60_000;
const ON = { ...ALL_FLAGS_OFF, intel: true, feedbackAllocator: true };
const STORED: StoredLearned = {
  expectancy: anExpectancyState(),
  scores: scoresOf({ BTCUSDT: aScore() }),
  allocation: allocationOf({ symbols: { BTCUSDT: anAllocation() } }),
};

const multipliersOf = (stored: Partial<StoredLearned>, flags = ON, asOf = NOW) => sizeMultipliers(learnedFrom({ ...STORED, ...stored }, flags, intel, asOf), intel, 'BTCUSDT').map(({ name, factor, source }) => [name, factor, source]);

describe('what was learned', () => {
  it('is nothing while the flags are off', () => {
    expect(learnedFrom(STORED, ALL_FLAGS_OFF, intel, NOW)).toEqual({ expectancy: null, scores: null, allocation: null });
    expect(multipliersOf({}, ALL_FLAGS_OFF)).toEqual([]);
  });

  it('reaches a size by score and by allocation, each with its own flag', () => {
    const byScore = ['symbol_score', 0.8, 'state/symbol_scores'];
    const byAllocation = ['risk_allocation', 0.9, 'state/risk_allocation, fresh: normal'];
    expect(multipliersOf({})).toEqual([byScore, byAllocation]);
    expect(multipliersOf({}, { ...ON, feedbackAllocator: false })).toEqual([byScore]);
    expect(multipliersOf({}, { ...ON, intel: false })).toEqual([byAllocation]);
  });

  it('is used up to its age and not a millisecond longer, before its time no more than after it', () => {
    const scores = scoresOf({ BTCUSDT: aScore() }, NOW - intel.maxAgeMinutes * MINUTE_MS);
    expect(learnedFrom({ ...STORED, scores }, ON, intel, NOW).scores).toBe(scores);
    expect(learnedFrom({ ...STORED, scores }, ON, intel, NOW + 1).scores).toBeNull();
    expect(learnedFrom({ ...STORED, scores }, ON, intel, NOW - 2 * intel.maxAgeMinutes * MINUTE_MS - 1).scores).toBeNull();
  });

  it.each<[string, Partial<StoredLearned>, string]>([
    ['missing', { allocation: null }, 'missing'],
    ['corrupt', { allocation: 'corrupt' }, 'corrupt'],
    ['a stale normal', { allocation: allocationOf({ computedAt: NOW - 3_600_000 }) }, 'stale'],
    ['a stale defensive', { allocation: allocationOf({ riskMode: 'defensive', computedAt: NOW - 3_600_000 }) }, 'stale'],
  ])('of the allocator is cautious while its record is %s', (_, stored, health) => {
    expect(multipliersOf({ scores: null, ...stored })).toEqual([['risk_allocation', 0.85, `state/risk_allocation, ${health}: cautious`]]);
  });

  it('is left out where the score is missing, corrupt or warming up', () => {
    for (const scores of [null, 'corrupt', scoresOf({}), scoresOf({ BTCUSDT: aScore({ isWarmup: true }) })] as const) {
      expect(multipliersOf({ scores }, { ...ON, feedbackAllocator: false })).toEqual([]);
    }
  });

  it('is bounded by the config of today, whatever a record says', () => {
    const stored = { scores: scoresOf({ BTCUSDT: aScore({ sizeFactor: 9 }) }), allocation: allocationOf({ symbols: { BTCUSDT: anAllocation({ sizeFactor: 0.01 }) } }) };
    expect(multipliersOf(stored).map(([, factor]) => factor)).toEqual([intel.sizeFactor.max, intel.allocator.minSizeFactor]);
  });
});

const modeOf = (nav: NavState | null) => riskModeOf(nav, { ...intel.allocator, navFreshnessSeconds: 180 }, NOW).riskMode;

describe('the risk mode', () => {
  it('follows the real drawdown of NAV', () => {
    expect(['0', '4.99', '5', '9.99', '10', '30'].map((drawdownPct) => modeOf(aNav({ drawdownPct })))).toEqual(['normal', 'normal', 'cautious', 'cautious', 'defensive', 'defensive']);
  });

  it('is cautious while NAV is not known, not well or not fresh, whatever the drawdown was', () => {
    expect([modeOf(null), modeOf(aNav({ health: 'unavailable' })), modeOf(aNav({ health: 'anomaly' })), modeOf(aNav({ valueAt: NOW - 180_001 }))]).toEqual(Array.from({ length: 4 }, () => 'cautious'));
    expect(modeOf(aNav({ valueAt: NOW - 180_000 }))).toBe('normal');
  });
});

describe('the allocation', () => {
  const source = { expectancy: anExpectancyState({ bySymbol: { BTCUSDT: resultsOf(250, 1), DOGEUSDT: resultsOf(250, 1) } }), scores: scoresOf({ BTCUSDT: aScore(), DOGEUSDT: aScore() }), nav: aNav() };

  it('gives shares to the symbols that may be traded and have a record', () => {
    const allocation = riskAllocationOf(source, CONFIG, NOW);
    expect(riskAllocation.parse(allocation)).toEqual(allocation);
    expect(Object.keys(allocation.symbols)).toEqual(['BTCUSDT']);
    // The whole share: 0.85 + 0.3 would be more than all of a size.
    expect(allocation.symbols['BTCUSDT']).toMatchObject({ share: 1, weight: 0.9, sizeFactor: 1, suggestedMaxExposurePct: expect.closeTo(31.5, 9), suggestedMaxTradeNavPct: 10 });
  });

  it('without results is the risk mode alone', () => {
    expect(riskAllocationOf({ expectancy: null, scores: null, nav: aNav({ drawdownPct: '6' }) }, CONFIG, NOW)).toMatchObject({ riskMode: 'cautious', symbols: {}, samples: 0, isWarmup: true });
  });

  it('of a symbol that is warming up leaves its size to the risk mode', () => {
    const warming = { ...source, expectancy: anExpectancyState({ bySymbol: { BTCUSDT: resultsOf(199, -5) } }) };
    const factorAt = (drawdownPct: string) => riskAllocationOf({ ...warming, nav: aNav({ drawdownPct }) }, CONFIG, NOW).symbols['BTCUSDT']?.sizeFactor;
    expect(['0', '5', '10'].map(factorAt)).toEqual([1, 0.85, 0.7]);
  });
});

describe('the flags', () => {
  it('are kept whole in a record, and read as the names of those that are on', () => {
    expect(flagSnapshot(ON)).toEqual(ON);
    expect(flagsText(ON)).toBe('intel, feedbackAllocator');
    expect(flagsText(ALL_FLAGS_OFF)).toBe('none');
  });
});
