import { describe, expect, it } from 'vitest';
import type { Candle } from '../../../../functions/src/domain/market/market.ts';
import { counterfactualOf } from '../../../../functions/src/domain/shadow/counterfactual.ts';
import type { RefusedEntry } from '../../../../functions/src/domain/shadow/counterfactual.ts';
import { aStrategy } from '../../../support/builders/a-strategy.ts';
import type { ZscoreConfig } from '../../../support/builders/a-strategy.ts';

const START = Date.UTC(2026, 0, 15, 12);
const MINUTES = 60_000;
const EXIT = { maxHoldMinutes: null, stopLossPct: null, takeProfitPct: null, trailing: null };
/** Never signals an exit by itself within these candles: it needs more of them. */
const PATIENT = { lookback: 48, entryZ: 2, exitZ: 0.3 };

/** Flat 5-minute candles with these closes; the first one closes at START. A bar may reach further than its close. */
const candlesOf = (...bars: readonly (number | Partial<Candle>)[]): readonly Candle[] =>
  bars.map((bar, index) => {
    const closeAt = START + index * 5 * MINUTES;
    const of = typeof bar === 'number' ? { close: bar } : bar;
    const { close = 100, open = close } = of;
    return { openAt: closeAt - 5 * MINUTES, closeAt, open, high: Math.max(open, close), low: Math.min(open, close), close, volume: 1, ...of };
  });

const refusal = (changes: Partial<RefusedEntry> = {}): RefusedEntry => ({ strategy: 'zscore-5m', symbol: 'BTCUSDT', positionSide: 'long', candleCloseAt: START, notionalUsd: 1000, codes: ['tier_cap'], ...changes });

const followed = (candles: readonly Candle[] | null, strategy: Partial<ZscoreConfig> = {}, refused: readonly RefusedEntry[] = [refusal()], takerFeeBps = 0) =>
  counterfactualOf(refused, { strategies: [aStrategy({ params: PATIENT, ...strategy })], candlesOf: () => candles, takerFeeBps });

describe('a refused entry that is followed', () => {
  it.each<[string, Partial<ZscoreConfig['exit']>, readonly (number | Partial<Candle>)[], Partial<RefusedEntry>, object]>([
    ['is valued at the last close while nothing ends it', {}, [100, 101, 103], {}, { exitBy: 'stillOpen', exitPrice: 103, netUsd: 30 }],
    ['loses as a short when the price rises', {}, [100, 101, 103], { positionSide: 'short' }, { exitBy: 'stillOpen', exitPrice: 103, netUsd: -30 }],
    ['is left by its take profit at the close', { takeProfitPct: 2 }, [100, 101, 103, 90], {}, { exitBy: 'signal', exitPrice: 103, netUsd: 30 }],
    ['is stopped at its stop, though the candle closes above it', { stopLossPct: 2 }, [100, { open: 100, low: 97, close: 99 }, 90], {}, { exitBy: 'stopLoss', exitPrice: 98, netUsd: -20 }],
    ['is stopped at the open of a candle that begins beyond the stop', { stopLossPct: 2 }, [100, { open: 95, low: 94, close: 96 }], {}, { exitBy: 'stopLoss', exitPrice: 95, netUsd: -50 }],
    ['is stopped as a short at a stop above', { stopLossPct: 2 }, [100, { open: 100, high: 103, close: 101 }], { positionSide: 'short' }, { exitBy: 'stopLoss', exitPrice: 102, netUsd: -20 }],
    ['loses before it wins where one candle reaches stop and target', { stopLossPct: 2, takeProfitPct: 2 }, [100, { open: 100, low: 97, high: 105, close: 104 }], {}, { exitBy: 'stopLoss', exitPrice: 98, netUsd: -20 }],
    ['ends when its time is up', { maxHoldMinutes: 10 }, [100, 101, 102, 110], {}, { exitBy: 'timeStop', exitPrice: 102, exitAt: START + 10 * MINUTES, netUsd: 20 }],
  ])('%s', (_what, exit, bars, changes, expected) => {
    const { followed: [trade] } = followed(candlesOf(...bars), { exit: { ...EXIT, ...exit } }, [refusal(changes)]);
    expect({ ...trade, netUsd: Number(trade?.netUsd.toFixed(9)) }).toMatchObject(expected);
  });

  it("is left by the strategy's own signal", () => {
    const dip = candlesOf(100, 100, 100, 100, 96, 100.5);
    const { followed: [trade] } = followed(dip, { params: { lookback: 4, entryZ: 1.5, exitZ: 0.5 } }, [refusal({ candleCloseAt: START + 20 * MINUTES })]);
    expect(trade).toMatchObject({ exitBy: 'signal', entryPrice: 96, exitPrice: 100.5 });
  });

  it('pays the taker fee on the way in and on the value of the way out', () => {
    const { followed: [trade] } = followed(candlesOf(100, 110), {}, [refusal()], 5);
    expect(trade?.netUsd).toBeCloseTo(100 - 0.5 - 0.55, 9);
  });

  it('never sees the candle it was entered on, whose low was before the entry', () => {
    const { followed: [trade] } = followed(candlesOf({ open: 110, low: 90, close: 100 }, 101), { exit: { ...EXIT, stopLossPct: 2 } });
    expect(trade).toMatchObject({ exitBy: 'stillOpen' });
  });
});

describe('refusals', () => {
  it('of a trade that is followed already are not a second one; the next after it is', () => {
    const refused = [0, 5, 10, 15].map((minutes) => refusal({ candleCloseAt: START + minutes * MINUTES }));
    const { followed: trades, repeats } = followed(candlesOf(100, 101, 102, 103, 104), { exit: { ...EXIT, maxHoldMinutes: 10 } }, refused);
    expect(trades.map(({ candleCloseAt }) => candleCloseAt)).toEqual([START, START + 10 * MINUTES]);
    expect(repeats).toBe(2);
  });

  it('of other symbols are trades of their own', () => {
    expect(followed(candlesOf(100, 101), {}, [refusal(), refusal({ symbol: 'ETHUSDT' })]).followed).toHaveLength(2);
  });

  it.each<[string, readonly Candle[] | null, Partial<RefusedEntry>]>([
    ['without candles', null, {}],
    ['before the first candle', candlesOf(100), { candleCloseAt: START - 1 }],
    ['without a size', candlesOf(100, 101), { notionalUsd: 0 }],
    ['of a strategy that is gone', candlesOf(100, 101), { strategy: 'gone' }],
  ])('%s cannot be followed, and are counted', (_what, candles, changes) => {
    expect(followed(candles, {}, [refusal(changes)])).toEqual({ followed: [], repeats: 0, unknown: 1, byCode: [] });
  });

  it('count for every code that refused them, and alone for the one that did so by itself; the dearest first', () => {
    const refused = [refusal({ codes: ['tier_cap', 'cooldown'] }), refusal({ symbol: 'ETHUSDT', codes: ['cooldown'] }), refusal({ symbol: 'SOLUSDT', positionSide: 'short', codes: ['wide_spread'] })];
    const { byCode } = followed(candlesOf(100, 101), {}, refused);
    expect(byCode.map(({ code, trades, netUsd, alone }) => [code, trades, Number(netUsd.toFixed(6)), alone.trades, Number(alone.netUsd.toFixed(6))])).toEqual([
      ['cooldown', 2, 20, 1, 10],
      ['tier_cap', 1, 10, 0, 0],
      ['wide_spread', 1, -10, 1, -10],
    ]);
  });
});
