/** Mean reversion: enter where the RSI leaves its band, close once it has come back to the exit level. */
import type { RsiBandParams } from '../../../schema/config/strategies-config.ts';
import { rsiCutler } from '../indicators/rsi-cutler.ts';
import { RSI_WARMUP_PERIODS, rsiWilder } from '../indicators/rsi-wilder.ts';
import type { Strategy } from '../strategy.ts';

export const rsiBand: Strategy<RsiBandParams> = {
  warmup: ({ variant, period }) => (variant === 'cutler' ? period : period * RSI_WARMUP_PERIODS) + 1,

  decide({ candles, held }, { variant, period, oversold, overbought, exitLevel }) {
    const closes = candles.map((candle) => candle.close);
    const value = variant === 'cutler' ? rsiCutler(closes, period) : rsiWilder(closes, period);
    if (value === null) return { kind: 'none', reason: 'no RSI' };
    const indicator = 'rsi';
    if (held !== null) {
      const { positionSide } = held;
      const isBack = positionSide === 'long' ? value >= exitLevel : value <= exitLevel;
      return isBack ? { kind: 'exit', positionSide, indicator, value, threshold: exitLevel } : { kind: 'none', reason: 'holding until the RSI is back' };
    }
    if (value <= oversold) return { kind: 'enter', positionSide: 'long', indicator, value, threshold: oversold, strength: 1 };
    if (value >= overbought) return { kind: 'enter', positionSide: 'short', indicator, value, threshold: overbought, strength: 1 };
    return { kind: 'none', reason: 'the RSI is inside its band' };
  },
};
