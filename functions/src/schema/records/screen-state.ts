import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs } from '../scalars.ts';

/** `state/screen`: the newest candle each strategy has decided on, per `{strategy}-{symbol}`: one decision a candle. */
export const screenState = z.strictObject({
  decidedCandleAt: z.record(z.string(), epochMs),
});
export type ScreenState = z.infer<typeof screenState>;
export const SCREEN_STATE = collection('state', 1, screenState);
export const SCREEN_STATE_ID = 'screen';
