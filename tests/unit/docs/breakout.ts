/** Trend following: enter where the close leaves the range of the candles before it, close once it is back at its middle. */
import type { BreakoutParams } from './breakout-params.ts';
import type { Candle } from '../../../functions/src/domain/market/market.ts';
import type { Strategy } from '../../../functions/src/domain/screening/strategy.ts';

export const breakout: Strategy<BreakoutParams> = {
  warmup: ({ lookback }) => lookback + 1,

  decide({ candles, held }, { lookback }) {
    const last = candles.at(-1);
    if (last === undefined) return { kind: 'none', reason: 'no candles' };
    const { high, low } = rangeOf(candles.slice(-lookback - 1, -1));
    const middle = (high + low) / 2;
    const seen = { indicator: 'close', value: last.close };
    if (held !== null) {
      const isBack = held.positionSide === 'long' ? last.close <= middle : last.close >= middle;
      return isBack ? { kind: 'exit', positionSide: held.positionSide, ...seen, threshold: middle } : { kind: 'none', reason: 'holding the breakout' };
    }
    if (last.close > high) return { kind: 'enter', positionSide: 'long', ...seen, threshold: high, strength: 1 };
    if (last.close < low) return { kind: 'enter', positionSide: 'short', ...seen, threshold: low, strength: 1 };
    return { kind: 'none', reason: 'the close is inside the range' };
  },
};

function rangeOf(candles: readonly Candle[]): { readonly high: number; readonly low: number } {
  return { high: Math.max(...candles.map(({ high }) => high)), low: Math.min(...candles.map(({ low }) => low)) };
}
