/**
 * Sums over trades from which every statistic can be told, and which add up: the tally of a stretch of trades followed by
 * the tally of the next is the tally of both. That is what lets a window be made of stored days.
 */
import { decimal, toStatistic } from '../money/decimal.ts';
import type { TradeTally } from '../../schema/records/learning-day.ts';
import type { TradeRecord } from '../../schema/records/trade.ts';

export const NO_TRADES: TradeTally = {
  trades: 0,
  wins: 0,
  losses: 0,
  wonUsd: 0,
  lostUsd: 0,
  notionalUsd: 0,
  grossPnlUsd: 0,
  feesUsd: 0,
  fundingUsd: 0,
  meanReturn: 0,
  squaredReturns: 0,
  peakUsd: 0,
  troughUsd: 0,
  maxDrawdownUsd: 0,
};

type TradeResult = Pick<TradeRecord, 'netPnlUsd' | 'realizedPnlUsd' | 'feesUsd' | 'fundingUsd' | 'entryNotionalUsd'>;

/** A trade that broke even counts: it is neither a win nor a loss. */
export function tallyOfTrade(trade: TradeResult): TradeTally {
  const netUsd = statistic(trade.netPnlUsd);
  const notionalUsd = statistic(trade.entryNotionalUsd);
  return {
    trades: 1,
    wins: netUsd > 0 ? 1 : 0,
    losses: netUsd < 0 ? 1 : 0,
    wonUsd: Math.max(netUsd, 0),
    lostUsd: Math.min(netUsd, 0),
    notionalUsd,
    grossPnlUsd: statistic(trade.realizedPnlUsd),
    feesUsd: statistic(trade.feesUsd),
    fundingUsd: statistic(trade.fundingUsd),
    meanReturn: netUsd / notionalUsd,
    squaredReturns: 0,
    peakUsd: Math.max(netUsd, 0),
    troughUsd: Math.min(netUsd, 0),
    maxDrawdownUsd: Math.max(-netUsd, 0),
  };
}

/** `after` follows `before`. Means and squares by Chan, Golub and LeVeque (1979): equal returns have a deviation of exactly zero. */
export function followedBy(before: TradeTally, after: TradeTally): TradeTally {
  if (before.trades === 0) return after;
  if (after.trades === 0) return before;
  const trades = before.trades + after.trades;
  const netBefore = netPnlUsd(before);
  const apart = after.meanReturn - before.meanReturn;
  return {
    trades,
    wins: before.wins + after.wins,
    losses: before.losses + after.losses,
    wonUsd: before.wonUsd + after.wonUsd,
    lostUsd: before.lostUsd + after.lostUsd,
    notionalUsd: before.notionalUsd + after.notionalUsd,
    grossPnlUsd: before.grossPnlUsd + after.grossPnlUsd,
    feesUsd: before.feesUsd + after.feesUsd,
    fundingUsd: before.fundingUsd + after.fundingUsd,
    meanReturn: before.meanReturn + (apart * after.trades) / trades,
    squaredReturns: before.squaredReturns + after.squaredReturns + (apart * apart * before.trades * after.trades) / trades,
    peakUsd: Math.max(before.peakUsd, netBefore + after.peakUsd),
    troughUsd: Math.min(before.troughUsd, netBefore + after.troughUsd),
    maxDrawdownUsd: Math.max(before.maxDrawdownUsd, after.maxDrawdownUsd, before.peakUsd - (netBefore + after.troughUsd)),
  };
}

export const tallyOf = (tallies: Iterable<TradeTally>): TradeTally => [...tallies].reduce(followedBy, NO_TRADES);

export const netPnlUsd = (tally: TradeTally): number => tally.wonUsd + tally.lostUsd;

/** Deviation of the returns, of the population; null below two trades, which have none. */
export function returnDeviation({ trades, squaredReturns }: TradeTally): number | null {
  return trades < 2 ? null : Math.sqrt(squaredReturns / trades);
}

const statistic = (amount: string): number => toStatistic(decimal(amount));
