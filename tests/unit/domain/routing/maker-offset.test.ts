import { describe, expect, it } from 'vitest';
import { makerOffsetBps } from '../../../../functions/src/domain/routing/maker-offset.ts';
import type { OffsetInputs } from '../../../../functions/src/domain/routing/maker-offset.ts';

const ANCESTOR = { baseBps: 2, minBps: 0.5, maxBps: 8 };
const UNKNOWN: OffsetInputs = { volatility: null, makerShare: null, fallbackRatio: null, slippageP50Bps: null, hourExpectancyUsd: null };

describe('makerOffsetBps', () => {
  it.each<[string, Partial<OffsetInputs>, number]>([
    ['makers do well in a quiet market and a good hour', { volatility: 'quiet', makerShare: 0.8, fallbackRatio: 0.1, slippageP50Bps: 0.5, hourExpectancyUsd: 1 }, 0.6],
    ['seven in ten fall back in a hot market and a bad hour', { volatility: 'hot', makerShare: 0.3, fallbackRatio: 0.7, slippageP50Bps: 3, hourExpectancyUsd: -1 }, 3.7],
    ['most fall back in a panic, with slippage, in a bad hour', { volatility: 'panic', makerShare: 0.1, fallbackRatio: 0.85, slippageP50Bps: 6, hourExpectancyUsd: -1 }, 6.5],
  ])("gives the ancestor's figure when %s", (_when, known, offset) => {
    expect(makerOffsetBps({ ...UNKNOWN, ...known }, ANCESTOR)).toBeCloseTo(offset, 9);
  });

  it('stays at the base when nothing is known, where the ancestor took no slippage for a small one', () => {
    expect(makerOffsetBps(UNKNOWN, ANCESTOR)).toBe(2);
  });

  it.each<[string, Partial<OffsetInputs>, number]>([
    ['exactly 70 % maker', { makerShare: 0.7 }, 2],
    ['exactly half falls back', { fallbackRatio: 0.5 }, 2],
    ['exactly 80 % falls back', { fallbackRatio: 0.8 }, 3],
    ['slippage of exactly 5', { slippageP50Bps: 5 }, 2],
    ['slippage of exactly 1', { slippageP50Bps: 1 }, 2],
    ['an hour that breaks even', { hourExpectancyUsd: 0 }, 2],
    ['a normal market', { volatility: 'normal' }, 2],
  ])('on the border: %s', (_when, known, offset) => {
    expect(makerOffsetBps({ ...UNKNOWN, ...known }, ANCESTOR)).toBe(offset);
  });

  it('keeps to its bounds', () => {
    const up = { ...UNKNOWN, fallbackRatio: 0.9, slippageP50Bps: 9 };
    expect(makerOffsetBps(up, { baseBps: 6, minBps: 0, maxBps: 8 })).toBe(8);
    expect(makerOffsetBps({ ...UNKNOWN, makerShare: 0.9 }, { baseBps: 0, minBps: 0, maxBps: 8 })).toBe(0);
  });
});
