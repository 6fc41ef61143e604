import { asNumber, asText, asTime } from '../records/fields.ts';
import type { StoredDocument } from '../records/fields.ts';
import type { IncidentRecord } from '../../../functions/src/schema/records/incident.ts';
import { spaced } from './spaced.ts';

export interface IncidentView {
  readonly id: string;
  readonly kind: string;
  readonly summary: string;
  readonly ours: string | null;
  readonly venues: string | null;
  /** What to do next. */
  readonly action: string;
  readonly openedAt: number | null;
  readonly lastSeenAt: number | null;
  readonly seen: number | null;
}

/** Those seen last at the front. */
export function incidentViews(incidents: readonly StoredDocument<IncidentRecord>[]): readonly IncidentView[] {
  return incidents
    .map(({ id, fields }) => ({
      id,
      kind: spaced(asText(fields.kind) ?? 'unknown'),
      summary: asText(fields.summary) ?? 'no summary',
      ours: asText(fields.ours),
      venues: asText(fields.venues),
      action: asText(fields.action) ?? 'No action is recorded.',
      openedAt: asTime(fields.openedAt),
      lastSeenAt: asTime(fields.lastSeenAt),
      seen: asNumber(fields.seen),
    }))
    .toSorted((a, b) => (b.lastSeenAt ?? 0) - (a.lastSeenAt ?? 0));
}
