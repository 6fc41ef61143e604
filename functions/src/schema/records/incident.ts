import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs, symbolText } from '../scalars.ts';

/** `incidents/{id}`: something that must not happen did. Both sides are shown; `action` says what to do next. */
export const incidentRecord = z.strictObject({
  kind: z.enum(['ledgerMismatch', 'foreignFills', 'unprotectedPosition', 'overClose', 'ambiguousTooLong', 'liquidation', 'deleveraging', 'foreignOrder']),
  summary: z.string(),
  symbol: symbolText.nullable(),
  intentId: z.string().nullable(),
  ours: z.string(),
  venues: z.string(),
  action: z.string(),
  openedAt: epochMs,
  lastSeenAt: epochMs,
  seen: z.int().positive(),
  resolvedAt: epochMs.nullable(),
});
export type IncidentRecord = z.infer<typeof incidentRecord>;
export const INCIDENTS = collection('incidents', 1, incidentRecord);
