import type { MinuteCandle } from './market-feed.ts';
import type { PathPoint } from './minute-path.ts';
import { MINUTE_MS } from './unit-candle.ts';
import type { MarketUnits, UnitCandle } from './unit-candle.ts';
import { unitText } from './unit-text.ts';

/** Sums of prints; price times quantity leaves the safe integers, hence BigInt. */
interface Turnover {
  readonly base: number;
  readonly quote: bigint;
}

/**
 * The candle as known at `now`: prices and volumes of the prints up to then. A minute without volume shows its open
 * throughout. Quote volume is the exact sum of price times quantity of the prints.
 */
export function minuteCandle(candle: UnitCandle, path: readonly PathPoint[], units: MarketUnits, now: number): MinuteCandle {
  let [high, low, close] = [candle.open, candle.open, candle.open];
  let trades = 0;
  let all: Turnover = { base: 0, quote: 0n };
  let bought: Turnover = { base: 0, quote: 0n };
  for (const print of path.flatMap((point) => point.prints)) {
    if (print.time > now) break;
    high = Math.max(high, print.price);
    low = Math.min(low, print.price);
    close = print.price;
    trades += 1;
    const quote = BigInt(print.price) * BigInt(print.qty);
    all = { base: all.base + print.qty, quote: all.quote + quote };
    if (print.aggressor === 'BUY') bought = { base: bought.base + print.qty, quote: bought.quote + quote };
  }
  const closed = now >= candle.openTime + MINUTE_MS;
  const prices = closed ? candle : { open: candle.open, high, low, close };
  return { openTime: candle.openTime, ...priceTexts(prices, units), trades, ...volumeTexts(all, bought, units) };
}

function priceTexts(
  prices: Pick<UnitCandle, 'open' | 'high' | 'low' | 'close'>,
  units: MarketUnits,
): Pick<MinuteCandle, 'open' | 'high' | 'low' | 'close'> {
  return {
    open: unitText(prices.open, units.priceDecimals),
    high: unitText(prices.high, units.priceDecimals),
    low: unitText(prices.low, units.priceDecimals),
    close: unitText(prices.close, units.priceDecimals),
  };
}

function volumeTexts(
  all: Turnover,
  bought: Turnover,
  units: MarketUnits,
): Pick<MinuteCandle, 'volume' | 'quoteVolume' | 'takerBuyVolume' | 'takerBuyQuoteVolume'> {
  const quoteDecimals = units.priceDecimals + units.qtyDecimals;
  return {
    volume: unitText(all.base, units.qtyDecimals),
    quoteVolume: unitText(all.quote, quoteDecimals),
    takerBuyVolume: unitText(bought.base, units.qtyDecimals),
    takerBuyQuoteVolume: unitText(bought.quote, quoteDecimals),
  };
}
