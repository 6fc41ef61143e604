import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs, tradingState } from '../scalars.ts';

/** `control/trading`: what the operator, or an automatic stop, allows. Absent means ACTIVE. */
export const tradingControl = z.strictObject({
  state: tradingState,
  actor: z.string().min(1),
  reason: z.string().min(1),
  changedAt: epochMs,
  /** When the state falls back to ACTIVE by itself; null means only an operator ends it. */
  expiresAt: epochMs.nullable(),
});
export type TradingControl = z.infer<typeof tradingControl>;
export const TRADING_CONTROL = collection('control', 1, tradingControl);
export const TRADING_CONTROL_ID = 'trading';
