/** Mean reversion: enter against a stretched close, leave when it is back near its mean. */
import type { ZscoreParams } from '../../../schema/config/strategies-config.ts';
import { zScore } from '../indicators/z-score.ts';
import type { Strategy, StrategyWish } from '../strategy.ts';

export const zscore: Strategy<ZscoreParams> = {
  warmup: (params) => params.lookback,
  decide({ candles, held }, params): StrategyWish {
    const value = zScore(
      candles.map((candle) => candle.close),
      params.lookback,
    );
    if (value === null) return { kind: 'none', reason: 'no z-score: the market does not move' };
    if (held !== null) {
      const back = held.positionSide === 'long' ? value >= -params.exitZ : value <= params.exitZ;
      if (!back) return { kind: 'none', reason: 'holding until the close is back near its mean' };
      return { kind: 'exit', positionSide: held.positionSide, indicator: 'z', value, threshold: held.positionSide === 'long' ? -params.exitZ : params.exitZ };
    }
    if (Math.abs(value) < params.entryZ) return { kind: 'none', reason: 'close is not stretched' };
    const positionSide = value < 0 ? 'long' : 'short';
    return { kind: 'enter', positionSide, indicator: 'z', value, threshold: value < 0 ? -params.entryZ : params.entryZ, strength: 1 };
  },
};
