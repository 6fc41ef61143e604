import { z } from 'zod';
import type { Candle } from '../../domain/market/market.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { wireStatistic, wireTime } from './wire-scalars.ts';

const wireCandle = z
  .tuple([wireTime, wireStatistic, wireStatistic, wireStatistic, wireStatistic, wireStatistic, wireTime], z.unknown())
  .refine(([openAt, open, high, low, close, , lastMs]) => low > 0 && low <= Math.min(open, close) && high >= Math.max(open, close) && openAt <= lastMs, 'a candle whose low and high hold its open and close')
  .transform(([openAt, open, high, low, close, volume, lastMs]): Candle => ({
    openAt,
    // Binance gives the candle's last millisecond.
    closeAt: lastMs + 1,
    open,
    high,
    low,
    close,
    volume,
  }));

/** GET /fapi/v1/klines: the last `count` candles that had closed by `venueNow`. */
export function wireClosedCandles(count: number, venueNow: EpochMs): z.ZodType<Candle[]> {
  return z.array(wireCandle).transform((candles) => candles.filter(({ closeAt }) => closeAt <= venueNow).slice(-count));
}
