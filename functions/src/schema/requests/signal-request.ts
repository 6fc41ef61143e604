/** A signal from outside: what somebody else's model wants of one strategy and one symbol. */
import { z } from 'zod';
import { epochMs, positionSide, symbolText } from '../scalars.ts';

const MAX_STRENGTH = 10;

export const signalRequest = z.strictObject({
  /** The sender's id, unique within the strategy: the same one again is the same signal. */
  id: z.string().regex(/^[A-Za-z0-9_:.-]{1,100}$/, 'an id of 1 to 100 letters, digits, _ : . and -'),
  strategy: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/, 'the name of an external strategy of strategies.json'),
  symbol: symbolText,
  action: z.enum(['enter', 'exit'], 'enter or exit'),
  positionSide,
  /** When it arose: ISO 8601 with a zone, or milliseconds since 1970. */
  at: z.union(
    [epochMs, z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))],
    'a time such as 2026-01-15T12:00:00Z, or milliseconds since 1970',
  ),
  /** Multiplies the size; 1 is neutral. The strategy sets the largest. */
  strength: z.number().positive().max(MAX_STRENGTH).default(1),
});
export type SignalRequest = z.infer<typeof signalRequest>;
