import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs } from '../scalars.ts';

/** Refused at one time: by a tick, or within a minute. */
export const refusalsOfTick = z.strictObject({
  at: epochMs,
  refused: z.int().positive(),
  /** The check that refused most of them. */
  code: z.string(),
});
export type RefusalsOfTick = z.infer<typeof refusalsOfTick>;

/** `state/screen`: the newest candle each strategy has decided on, per `{strategy}-{symbol}`: one decision a candle. */
export const screenState = z.strictObject({
  decidedCandleAt: z.record(z.string(), epochMs),
  /** Ticks that refused signals, within the window in which a storm of them is told. */
  refusals: z.array(refusalsOfTick),
});
export type ScreenState = z.infer<typeof screenState>;
export const SCREEN_STATE = collection('state', 1, screenState);
export const SCREEN_STATE_ID = 'screen';
