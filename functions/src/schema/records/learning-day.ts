import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs, symbolText } from '../scalars.ts';

/**
 * What a number of trades amounts to, in the order in which they closed. Two tallies of neighbouring stretches add up to
 * the tally of both, so days can be kept and windows made of them. Statistics, not books: plain numbers.
 */
export const tradeTally = z.strictObject({
  trades: z.int().nonnegative(),
  wins: z.int().nonnegative(),
  losses: z.int().nonnegative(),
  /** Net results of the winners and, negative, of the losers. */
  wonUsd: z.number().nonnegative(),
  lostUsd: z.number().nonpositive(),
  /** Of the entries. */
  notionalUsd: z.number().nonnegative(),
  /** Before fees and funding. */
  grossPnlUsd: z.number(),
  feesUsd: z.number(),
  fundingUsd: z.number(),
  /** Of net result over entry notional: mean, and sum of squared distances from it. */
  meanReturn: z.number(),
  squaredReturns: z.number().nonnegative(),
  /** Of the running sum of net results, from zero: highest, lowest and deepest fall from a height. */
  peakUsd: z.number().nonnegative(),
  troughUsd: z.number().nonpositive(),
  maxDrawdownUsd: z.number().nonnegative(),
});
export type TradeTally = z.infer<typeof tradeTally>;

/** `learning_days/{yyyymmdd}`: the trades that closed on one UTC day. Rebuilt whole when one of them changes. */
export const learningDay = z.strictObject({
  summary: z.string(),
  day: z.string(),
  overall: tradeTally,
  bySymbol: z.record(symbolText, tradeTally),
  byStrategy: z.record(z.string(), tradeTally),
  /** Hour of the day in UTC at which the position was opened, 00 to 23. */
  byHourUtc: z.record(z.string(), tradeTally),
  /** How its entry was routed: a trade counts under every tag it has. */
  byRegime: z.record(z.string(), tradeTally),
  computedAt: epochMs,
  expireAt: epochMs,
});
export type LearningDay = z.infer<typeof learningDay>;
export const LEARNING_DAYS = collection('learning_days', 1, learningDay);
