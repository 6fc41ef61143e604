/** A request that was not refused. */
export interface Answered {
  readonly kind: 'answered';
  /** Told as JSON. */
  readonly body: unknown;
}
