import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs, positionSide, side, symbolText } from '../scalars.ts';
import { vetoRecord } from './verdict.ts';

/** `vetoes/{hash}`: the same refusal within a window collapses into one document with a counter. */
export const vetoFlood = z.strictObject({
  summary: z.string(),
  symbol: symbolText,
  strategy: z.string(),
  side,
  positionSide,
  stage: z.enum(['screen', 'execute']),
  vetoes: z.array(vetoRecord),
  count: z.int().positive(),
  firstAt: epochMs,
  lastAt: epochMs,
  expireAt: epochMs,
});
export type VetoFlood = z.infer<typeof vetoFlood>;
export const VETOES = collection('vetoes', 1, vetoFlood);
