/** The words and scalar forms that every record shares. */
import { z } from 'zod';

/** Exact decimal as text, for every amount of money, price and quantity in a record. */
export const decimalText = z.string().regex(/^-?\d+(\.\d+)?$/, 'an exact decimal such as "12.5"');
export const positiveDecimalText = z
  .string()
  .regex(/^(?=.*[1-9])\d+(\.\d+)?$/, 'an exact decimal above zero such as "12.5"');

/** Milliseconds since 1970 UTC. Fields of this form are named `at`, `until`, `…At` or `…Until`, which is how the store knows to write Timestamps. */
export const epochMs = z.int().nonnegative();
export type EpochMs = z.infer<typeof epochMs>;

/**
 * The venue's own symbol, for example BTCUSDT. Any contract that others may trade in the account is written down, so it may
 * have letters of any script without cases, as 币安人生USDT has; nothing that would part a path or a key.
 */
export const symbolText = z.string().regex(/^[\p{Lu}\p{Lo}\p{Lm}\p{M}\p{N}_]{2,40}$/u, 'a venue symbol such as BTCUSDT');

export const side = z.enum(['buy', 'sell']);
export type Side = z.infer<typeof side>;

/** The direction of exposure, in hedge and one-way mode alike. */
export const positionSide = z.enum(['long', 'short']);
export type PositionSide = z.infer<typeof positionSide>;

export const purpose = z.enum(['open', 'increase', 'reduce', 'close']);
export type Purpose = z.infer<typeof purpose>;

export const tradingState = z.enum(['ACTIVE', 'REDUCING', 'HALTED']);
export type TradingState = z.infer<typeof tradingState>;

export const timeframe = z.enum(['1m', '5m', '15m', '1h', '4h']);
export type Timeframe = z.infer<typeof timeframe>;

export const tradingEnv = z.enum(['paper', 'testnet', 'prod']);
export type TradingEnv = z.infer<typeof tradingEnv>;
