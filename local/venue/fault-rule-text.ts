// Fault rules as the admin endpoint receives them.
import { z } from 'zod';
import type { FaultRule } from './faults.ts';

const effect = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('drop') }),
  z.strictObject({ kind: z.literal('hang') }),
  z.strictObject({
    kind: z.literal('answer'),
    status: z.int().min(200).max(599),
    body: z.string(),
    contentType: z.string().exactOptional(),
    retryAfterS: z.int().exactOptional(),
  }),
  z.strictObject({ kind: z.literal('slowBody'), delayMs: z.int().min(0) }),
  z.strictObject({ kind: z.literal('truncate') }),
]);

const faultSettings = z.strictObject({
  rules: z.array(
    z.strictObject({
      match: z.strictObject({ method: z.string().exactOptional(), path: z.string() }),
      when: z.enum(['before', 'after']),
      effect,
      times: z.int().min(1),
    }),
  ),
  clockSkewMs: z.int(),
});

export interface FaultSettings {
  readonly rules: readonly FaultRule[];
  readonly clockSkewMs: number;
}

/** Throws an error that names the wrong field. */
export function parseFaultSettings(text: string): FaultSettings {
  const parsed = faultSettings.safeParse(JSON.parse(text));
  if (!parsed.success) throw new RangeError(z.prettifyError(parsed.error));
  return parsed.data;
}
