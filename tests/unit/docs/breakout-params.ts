import { z } from 'zod';
import { count } from '../../../functions/src/schema/config/quantities.ts';

export const breakoutParams = z.strictObject({
  lookback: count(2, 500, 'Candles whose range the close has to leave'),
});
export type BreakoutParams = z.infer<typeof breakoutParams>;
