import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs, symbolText } from '../scalars.ts';

export const incidentKind = z.enum(['ledgerMismatch', 'foreignFills', 'unprotectedPosition', 'overClose', 'ambiguousTooLong', 'liquidation', 'deleveraging', 'foreignOrder']);
export type IncidentKind = z.infer<typeof incidentKind>;

/** `incidents/{id}`: something that must not happen did. Both sides are shown; `action` says what to do next. */
export const incidentRecord = z.strictObject({
  kind: incidentKind,
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

/** `state/open_incidents`: ids of incidents that may be open. Whoever raises one adds it, and sync takes out what is over and adds what it finds missing: while it is empty no incident has to be looked for. */
export const openIncidents = z.strictObject({
  summary: z.string(),
  ids: z.array(z.string()),
});
export type OpenIncidents = z.infer<typeof openIncidents>;
export const OPEN_INCIDENTS = collection('state', 1, openIncidents);
export const OPEN_INCIDENTS_ID = 'open_incidents';

export const openIncidentsOf = (ids: readonly string[]): OpenIncidents => ({ summary: ids.length === 0 ? 'no incident is open' : `${ids.length} may be open`, ids: [...ids] });
