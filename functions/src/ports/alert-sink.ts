/** Where people are told. A sink may be told the same notice twice, after a crash: `id` is the same then. */
import type { AlertNotice, AlertRecord } from '../schema/records/alert.ts';

export interface AlertMessage extends Pick<AlertRecord, 'kind' | 'severity' | 'subject' | 'detail' | 'action' | 'raisedAt' | 'resolvedAt'> {
  /** `{alert id}-{number of the notice}`. */
  readonly id: string;
  readonly alertId: string;
  readonly notice: AlertNotice['kind'];
  /** For people: all of it, in a few lines, with the account in front. */
  readonly text: string;
  /** Folder of the records, such as `prod~alpha`. */
  readonly account: string;
  readonly at: number;
}

/** `cause` never repeats a secret. */
export type AlertOutcome = { readonly kind: 'sent' } | { readonly kind: 'failed'; readonly cause: string };

export interface AlertSink {
  /** Never throws for anything that the other side or the network did, and answers within its deadline. */
  send(message: AlertMessage): Promise<AlertOutcome>;
}

/** By the names that `runtime.json:alerts.sinks` has. */
export type AlertSinks = ReadonlyMap<string, AlertSink>;
