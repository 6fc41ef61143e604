import type { AlertEntry, AlertKind } from '../../schema/records/alert.ts';
import { ALERT_DEFINITIONS } from './alert-kind.ts';

/** Something that is wrong now. */
export interface Condition {
  readonly kind: AlertKind;
  /** The symbol, job or incident it is about; null for the account. */
  readonly subject: string | null;
  /** What is seen, with its numbers. */
  readonly detail: string;
  readonly action: string;
}

export interface Conditions {
  readonly present: readonly Condition[];
  /** Whether this look could have seen it. What could not be judged neither begins nor ends. */
  readonly judges: (entry: Pick<AlertEntry, 'kind' | 'subject'>) => boolean;
}

export function condition(kind: AlertKind, subject: string | null, detail: string, action: string = ALERT_DEFINITIONS[kind].action): Condition {
  return { kind, subject, detail, action };
}

/** One alert at a time per key. */
export const keyOf = ({ kind, subject }: Pick<Condition, 'kind' | 'subject'>): string => (subject === null ? kind : `${kind}:${subject}`);
