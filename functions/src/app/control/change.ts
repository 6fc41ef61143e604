import type { Writer } from '../../ports/store.ts';

/** What a request comes to, before it is written. */
export interface Change {
  readonly kind: 'change';
  /** For people. */
  readonly summary: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly write: (writer: Writer) => void;
}
