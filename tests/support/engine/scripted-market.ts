/**
 * A market that stands still and reacts to us alone: so whatever a disturbance delays, the same orders meet the same
 * prices, and the end can be compared with the undisturbed run to the last digit.
 */
import type { CandleHistory } from '../../../functions/src/adapters/venue-simulated/create-simulated-venue.ts';
import { Exchange } from '../../../functions/src/domain/matching/exchange.ts';
import type { Order } from '../../../functions/src/domain/matching/exchange-state.ts';
import type { MarketEvent } from '../../../functions/src/domain/matching/market-event.ts';
import type { VenueInstrument } from '../../../functions/src/domain/matching/venue-instrument.ts';
import { decimal, round, text } from '../../../functions/src/domain/money/decimal.ts';
import { TIMEFRAME_MS } from '../../../functions/src/domain/screening/due-candles.ts';
import { instrument } from '../../unit/domain/matching/exchange-builder.ts';

export const BID = '49999.9';
export const ASK = '50000.1';
const MARK = '50000';

/** Which share of a resting order the market takes, rounded down to its lot, how long after it was placed. */
export interface MakerFills {
  readonly share: '0' | '0.5' | '0.7' | '1';
  readonly afterMs: number;
}

export const SYMBOLS = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'] as const;

export interface MarketOptions {
  readonly startAt: number;
  /** Which are quoted, of those that are always listed or others. */
  readonly symbols: readonly string[];
  readonly makerFills: MakerFills;
  readonly later: (delayMs: number, run: () => void) => void;
}

export interface ScriptedMarket {
  readonly exchange: Exchange;
  /** Restates the standing quote and mark of every symbol at `now`. */
  readonly refresh: (now: number) => void;
  /** From now on the market stands at these prices; the mark stays where it is unless it is named. */
  readonly move: (bid: string, ask: string, mark?: string) => void;
}

/** 10,000 USDT, hedge mode, leverage 3; all contracts trade at 50,000. */
export function scriptedMarket({ startAt, symbols, makerFills, later }: MarketOptions): ScriptedMarket {
  let prices = { bid: BID, ask: ASK, mark: MARK };
  let now = startAt;
  const apply = (event: MarketEvent): void => exchange.applyMarketEvent(event);
  const exchange: Exchange = Exchange.open(
    {
      time: startAt,
      instruments: listed(symbols),
      assets: { USDT: { balance: '10000', usdRate: '1', collateralRatio: '1' } },
      positionMode: 'hedge',
      multiAssets: false,
      fees: { maker: '0.0002', taker: '0.0005' },
      defaultLeverage: 3,
      firstOrderId: '8389765000000000001',
      firstTradeId: '1',
      firstTranId: '8082457372000000001',
    },
    (event) => {
      if (event.kind !== 'order' || makerFills.share === '0' || !isFreshMaker(event.order)) return;
      const print = printFor(event.order, makerFills.share);
      later(makerFills.afterMs, () => apply({ ...print, time: now }));
    },
  );
  const refresh = (at: number): void => {
    now = at;
    for (const symbol of symbols) {
      apply({ kind: 'quote', symbol, time: at, bidPrice: prices.bid, bidQty: '1', askPrice: prices.ask, askQty: '1' });
      apply({ kind: 'mark', symbol, time: at, markPrice: prices.mark, indexPrice: prices.mark });
    }
  };
  refresh(startAt);
  // As an account comes from its owner: the engine has something to set, on a symbol that the stories do not trade.
  exchange.execute('setLeverage', { symbol: 'SOLUSDT', leverage: 20 }, startAt);
  return {
    exchange,
    refresh,
    move(bid, ask, mark = prices.mark) {
      prices = { bid, ask, mark };
      refresh(now);
    },
  };
}

function listed(symbols: readonly string[]): readonly VenueInstrument[] {
  return [...new Set([...SYMBOLS, ...symbols])].map((symbol) => instrument({ symbol, baseAsset: symbol.slice(0, -'USDT'.length) }));
}

function isFreshMaker({ status, timeInForce }: Order): boolean {
  return status === 'NEW' && timeInForce === 'GTX';
}

/** A print through the order's price, which reaches it at once. */
function printFor({ symbol, side, price, origQty }: Order, share: MakerFills['share']) {
  const qty = text(round(decimal(origQty).times(share), 3, 'down'));
  const through = text(side === 'BUY' ? decimal(price).minus('0.1') : decimal(price).plus('0.1'));
  return { kind: 'trade', symbol, price: through, qty, aggressor: side === 'BUY' ? 'SELL' : 'BUY' } as const;
}

/** Closes swing by a tenth of a percent around the quote, but for the dip that closes at `dipAt`: an entry, then an exit. */
export function candlesWithDip(dipAt: number): CandleHistory {
  return candlesWith(new Map([[dipAt, 49_000]]));
}

/** Closes swing as above, but for those that are named by their time. */
export function candlesWith(closes: ReadonlyMap<number, number>): CandleHistory {
  return (symbol, timeframe, count, now) => {
    if (!SYMBOLS.some((known) => known === symbol)) return null;
    const stepMs = TIMEFRAME_MS[timeframe];
    const lastClose = now - (now % stepMs);
    return Array.from({ length: count }, (_, index) => {
      const closeAt = lastClose - (count - 1 - index) * stepMs;
      const close = closes.get(closeAt) ?? 50_000 + ((closeAt / stepMs) % 2 === 0 ? 50 : -50);
      return { openAt: closeAt - stepMs, closeAt, open: close, high: close + 25, low: close - 25, close, volume: 10 };
    });
  };
}
