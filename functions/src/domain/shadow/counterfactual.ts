/**
 * What each refusal cost or saved: refused entries followed over later candles, as if each had been let through alone.
 *
 * 1. Entered at the close of the signal's candle at the size that was asked for, both ways at the taker fee; no funding, no
 *    slippage, no market impact.
 * 2. Left by the strategy's own rules: its stop loss where a candle reaches its price (at the open of a candle that begins
 *    beyond it), its take profit, its signal and its time limit at a candle's close. Trailing stops are not followed.
 * 3. What is still open at the last candle is valued there.
 * 4. A strategy holds one position of a symbol: refusals while one is followed are the same trade, not a second one.
 * 5. A trade counts for every code that refused it; `alone` counts those that a code refused by itself, which is what
 *    leaving out that check alone would have changed.
 */
import type { StrategyConfig } from '../../schema/config/strategies-config.ts';
import type { OpenExposure } from '../../schema/records/risk-state.ts';
import type { EpochMs, PositionSide } from '../../schema/scalars.ts';
import type { Candle } from '../market/market.ts';
import { wishOf } from '../screening/wish-of.ts';

const MINUTE_MS = 60_000;

/** An entry that was refused. */
export interface RefusedEntry {
  readonly strategy: string;
  readonly symbol: string;
  readonly positionSide: PositionSide;
  readonly candleCloseAt: EpochMs;
  readonly notionalUsd: number;
  readonly codes: readonly string[];
}

export interface FollowedTrade extends RefusedEntry {
  readonly entryPrice: number;
  readonly exitPrice: number;
  readonly exitAt: EpochMs;
  readonly exitBy: 'stopLoss' | 'signal' | 'timeStop' | 'stillOpen';
  readonly netUsd: number;
}

export interface CodeResult {
  readonly code: string;
  readonly trades: number;
  /** Positive: the refusals cost this much. Negative: they saved it. */
  readonly netUsd: number;
  readonly alone: { readonly trades: number; readonly netUsd: number };
}

export interface Counterfactual {
  readonly followed: readonly FollowedTrade[];
  /** Refusals of a trade that is followed already. */
  readonly repeats: number;
  /** No candles from the signal on, no size, or no such strategy any more. */
  readonly unknown: number;
  readonly byCode: readonly CodeResult[];
}

export interface Market {
  readonly strategies: readonly StrategyConfig[];
  /** Closed candles of the strategy's timeframe, oldest first; null where they could not be read. */
  readonly candlesOf: (strategy: StrategyConfig, symbol: string) => readonly Candle[] | null;
  /** Basis points of notional, each way. */
  readonly takerFeeBps: number;
}

export function counterfactualOf(refused: readonly RefusedEntry[], market: Market): Counterfactual {
  const followed: FollowedTrade[] = [];
  const openUntil = new Map<string, EpochMs>();
  let [repeats, unknown] = [0, 0];
  for (const entry of refused.toSorted((a, b) => a.candleCloseAt - b.candleCloseAt)) {
    const line = `${entry.strategy} ${entry.symbol}`;
    const until = openUntil.get(line);
    if (until !== undefined && entry.candleCloseAt < until) {
      repeats += 1;
      continue;
    }
    const trade = follow(entry, market);
    if (trade === null) unknown += 1;
    else {
      followed.push(trade);
      // The candle at whose close it ends may bring the next entry, as it may live.
      openUntil.set(line, trade.exitBy === 'stillOpen' ? Number.POSITIVE_INFINITY : trade.exitAt);
    }
  }
  return { followed, repeats, unknown, byCode: byCode(followed) };
}

function follow(entry: RefusedEntry, { strategies, candlesOf, takerFeeBps }: Market): FollowedTrade | null {
  const strategy = strategies.find(({ name }) => name === entry.strategy);
  const candles = strategy === undefined ? null : candlesOf(strategy, entry.symbol);
  const start = candles?.findIndex(({ closeAt }) => closeAt === entry.candleCloseAt) ?? -1;
  const entered = candles?.[start];
  if (strategy === undefined || candles === null || entered === undefined || !(entry.notionalUsd > 0)) return null;
  const exit = exitOf(strategy, candles, start, exposureOf(entry, entered.close));
  const direction = entry.positionSide === 'long' ? 1 : -1;
  const gained = (exit.exitPrice / entered.close - 1) * direction;
  const feesUsd = (entry.notionalUsd * takerFeeBps * (1 + exit.exitPrice / entered.close)) / 10_000;
  return { ...entry, ...exit, entryPrice: entered.close, netUsd: entry.notionalUsd * gained - feesUsd };
}

type Exit = Pick<FollowedTrade, 'exitPrice' | 'exitAt' | 'exitBy'>;

function exitOf(strategy: StrategyConfig, candles: readonly Candle[], start: number, held: OpenExposure): Exit {
  const { maxHoldMinutes } = strategy.exit;
  const mustEndAt = maxHoldMinutes === null ? Number.POSITIVE_INFINITY : held.openedAt + maxHoldMinutes * MINUTE_MS;
  for (const [index, candle] of candles.entries()) {
    if (index <= start) continue;
    const stopped = stoppedAt(strategy, candle, held);
    if (stopped !== null) return { exitPrice: stopped, exitAt: candle.closeAt, exitBy: 'stopLoss' };
    const wish = wishOf(strategy, candles.slice(0, index + 1), held);
    if (wish.kind === 'exit') return { exitPrice: candle.close, exitAt: candle.closeAt, exitBy: 'signal' };
    if (candle.closeAt >= mustEndAt) return { exitPrice: candle.close, exitAt: candle.closeAt, exitBy: 'timeStop' };
  }
  const last = candles.at(-1);
  return { exitPrice: last?.close ?? Number(held.averageEntryPrice), exitAt: last?.closeAt ?? held.openedAt, exitBy: 'stillOpen' };
}

/** Null where the candle does not reach the stop. A candle that opens beyond it is left at its open. */
function stoppedAt({ exit: { stopLossPct } }: StrategyConfig, { open, high, low }: Candle, { positionSide, averageEntryPrice }: OpenExposure): number | null {
  if (stopLossPct === null) return null;
  const distance = (Number(averageEntryPrice) * stopLossPct) / 100;
  if (positionSide === 'long') {
    const stop = Number(averageEntryPrice) - distance;
    return low <= stop ? Math.min(open, stop) : null;
  }
  const stop = Number(averageEntryPrice) + distance;
  return high >= stop ? Math.max(open, stop) : null;
}

/** What the strategy is told that it holds. */
function exposureOf({ symbol, positionSide, strategy, candleCloseAt }: RefusedEntry, price: number): OpenExposure {
  return { symbol, positionSide, tier: 'none', qty: '1', averageEntryPrice: String(price), strategy, openedAt: candleCloseAt, markPrice: String(price), markAt: candleCloseAt };
}

function byCode(followed: readonly FollowedTrade[]): readonly CodeResult[] {
  const codes = [...new Set(followed.flatMap((trade) => trade.codes))];
  return codes
    .map((code) => {
      const trades = followed.filter((trade) => trade.codes.includes(code));
      return { code, ...sumOf(trades), alone: sumOf(trades.filter((trade) => trade.codes.length === 1)) };
    })
    .toSorted((a, b) => b.netUsd - a.netUsd || (a.code < b.code ? -1 : 1));
}

const sumOf = (trades: readonly FollowedTrade[]): { readonly trades: number; readonly netUsd: number } => ({ trades: trades.length, netUsd: trades.reduce((sum, { netUsd }) => sum + netUsd, 0) });
