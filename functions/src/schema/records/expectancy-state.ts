import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs, symbolText } from '../scalars.ts';
import { warmup } from './learned.ts';

/** Null is what these trades cannot tell. */
export const expectancy = z.strictObject({
  ...warmup,
  hitRate: z.number().min(0).max(1).nullable(),
  /** Mean net result of a trade, break-even ones counted. */
  expectancyUsd: z.number().nullable(),
  /** Net result per notional traded: what size does not distort. */
  expectancyBps: z.number().nullable(),
  averageWinUsd: z.number().nullable(),
  averageLossUsd: z.number().nullable(),
  /** Mean net result per mean loss. */
  expectancyPerRisk: z.number().nullable(),
  maxDrawdownUsd: z.number().nonnegative(),
  /** Mean net result less the trades' share of the deepest fall. */
  drawdownAdjustedUsd: z.number().nullable(),
  /** Mean over deviation of returns per trade, not annualised. */
  sharpe: z.number().nullable(),
  /** Fees over the absolute result before fees and funding. */
  feeDrag: z.number().nullable(),
  netPnlUsd: z.number(),
  feesUsd: z.number(),
  fundingUsd: z.number(),
  notionalUsd: z.number().nonnegative(),
});
export type Expectancy = z.infer<typeof expectancy>;

/** `state/expectancy`, written by learn alone. */
export const expectancyState = z.strictObject({
  summary: z.string(),
  ...warmup,
  lookbackDays: z.int().positive(),
  overall: expectancy,
  bySymbol: z.record(symbolText, expectancy),
  byStrategy: z.record(z.string(), expectancy),
  byHourUtc: z.record(z.string(), expectancy),
  byRegime: z.record(z.string(), expectancy),
  computedAt: epochMs,
});
export type ExpectancyState = z.infer<typeof expectancyState>;
export const EXPECTANCY_STATE = collection('state', 1, expectancyState);
export const EXPECTANCY_STATE_ID = 'expectancy';
