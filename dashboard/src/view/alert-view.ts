import { asText, asTime } from '../records/fields.ts';
import type { StoredDocument } from '../records/fields.ts';
import type { AlertRecord } from '../../../functions/src/schema/records/alert.ts';
import { spaced } from './spaced.ts';

export interface AlertView {
  readonly id: string;
  readonly tone: 'bad' | 'warn' | 'calm';
  readonly kind: string;
  /** The symbol, job or incident it is about. */
  readonly subject: string | null;
  readonly detail: string;
  /** What to do next. */
  readonly action: string;
  readonly raisedAt: number | null;
}

const ORDER = ['bad', 'warn', 'calm'] as const;

/** The worst first, then the newest; without those about an incident that is shown itself, in its own words. */
export function alertViews(alerts: readonly StoredDocument<AlertRecord>[], incidents: readonly { readonly id: string }[]): readonly AlertView[] {
  const shown = new Set(incidents.map(({ id }) => id));
  return alerts
    .filter(({ fields }) => !shown.has(asText(fields.subject) ?? ''))
    .map(({ id, fields }) => ({
      id,
      tone: toneOf(asText(fields.severity)),
      kind: spaced(asText(fields.kind) ?? 'unknown'),
      subject: asText(fields.subject),
      detail: asText(fields.detail) ?? 'no detail',
      action: asText(fields.action) ?? 'No action is recorded.',
      raisedAt: asTime(fields.raisedAt),
    }))
    .toSorted((a, b) => ORDER.indexOf(a.tone) - ORDER.indexOf(b.tone) || (b.raisedAt ?? 0) - (a.raisedAt ?? 0));
}

/** A severity that this page does not know is as bad as any. */
function toneOf(severity: string | null): AlertView['tone'] {
  if (severity === 'info') return 'calm';
  return severity === 'warning' ? 'warn' : 'bad';
}
