/** One UTC day of trades summed up by symbol, strategy, hour and regime, and the days of a window put together again. */
import type { LearningDay, TradeTally } from '../../schema/records/learning-day.ts';
import type { RouteRecord } from '../../schema/records/route-record.ts';
import type { TradeRecord } from '../../schema/records/trade.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { regimesOf } from './route-regimes.ts';
import { NO_TRADES, followedBy, tallyOf, tallyOfTrade } from './trade-tally.ts';

const DAY_MS = 86_400_000;

/** A trade with the route of the intent that opened it; null where there was none, or it is no longer kept. */
export interface RoutedTrade {
  readonly id: string;
  readonly trade: TradeRecord;
  readonly entryRoute: RouteRecord | null;
}

export const GROUPINGS = ['bySymbol', 'byStrategy', 'byHourUtc', 'byRegime'] as const;
type Grouping = (typeof GROUPINGS)[number];
export type TalliedTrades = Pick<LearningDay, 'overall' | Grouping>;

/** yyyymmdd of the UTC day: the id of its document. */
export const learningDayId = (at: EpochMs): string => new Date(at).toISOString().slice(0, 10).replaceAll('-', '');

/** First millisecond of the UTC day that `learningDayId` names. */
export const startOfLearningDay = (day: string): EpochMs => Date.UTC(Number(day.slice(0, 4)), Number(day.slice(4, 6)) - 1, Number(day.slice(6, 8)));

/** Oldest first: `lookbackDays` whole days and today. */
export function windowDays(asOf: EpochMs, lookbackDays: number): readonly string[] {
  return Array.from({ length: lookbackDays + 1 }, (_, index) => learningDayId(asOf - (lookbackDays - index) * DAY_MS));
}

/** The same for any order of `trades`: they are taken in the order in which they closed. */
export function learningDayOf(day: string, trades: readonly RoutedTrade[], computedAt: EpochMs, expireAt: EpochMs): LearningDay {
  const inOrder = trades.toSorted((a, b) => a.trade.closedAt - b.trade.closedAt || (a.id < b.id ? -1 : 1));
  const by = (keysOf: (routed: RoutedTrade) => readonly string[]): Record<string, TradeTally> => {
    const tallies = new Map<string, TradeTally>();
    for (const routed of inOrder) {
      for (const key of keysOf(routed)) tallies.set(key, followedBy(tallies.get(key) ?? NO_TRADES, tallyOfTrade(routed.trade)));
    }
    return sortedByKey(tallies);
  };
  const overall = tallyOf(inOrder.map(({ trade }) => tallyOfTrade(trade)));
  return {
    summary: `${overall.trades} trades closed, net ${(overall.wonUsd + overall.lostUsd).toFixed(2)} USD`,
    day,
    overall,
    bySymbol: by(({ trade }) => [trade.symbol]),
    byStrategy: by(({ trade }) => [trade.strategy ?? 'none']),
    byHourUtc: by(({ trade }) => [hourKey(trade.openedAt)]),
    byRegime: by(({ entryRoute }) => regimesOf(entryRoute)),
    computedAt,
    expireAt,
  };
}

/** 00 to 23. */
export const hourKey = (at: EpochMs): string => new Date(at).toISOString().slice(11, 13);

/** `days` in any order; their ids order them. */
export function talliedWindow(days: readonly LearningDay[]): TalliedTrades {
  const inOrder = days.toSorted((a, b) => (a.day < b.day ? -1 : 1));
  return {
    overall: tallyOf(inOrder.map(({ overall }) => overall)),
    bySymbol: merged(inOrder, 'bySymbol'),
    byStrategy: merged(inOrder, 'byStrategy'),
    byHourUtc: merged(inOrder, 'byHourUtc'),
    byRegime: merged(inOrder, 'byRegime'),
  };
}

function merged(days: readonly LearningDay[], grouping: Grouping): Record<string, TradeTally> {
  const tallies = new Map<string, TradeTally>();
  for (const day of days) {
    for (const [key, tally] of Object.entries(day[grouping])) tallies.set(key, followedBy(tallies.get(key) ?? NO_TRADES, tally));
  }
  return sortedByKey(tallies);
}

function sortedByKey(tallies: ReadonlyMap<string, TradeTally>): Record<string, TradeTally> {
  return Object.fromEntries([...tallies].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
