/** Why a call to the venue gave no usable answer. What that means for an order is decided in outcome-of-failure.ts. */

export type CallFailure =
  /** The venue answered with an error. `code` is Binance's own number as text, null when the body carried none. */
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly code: string | null;
      readonly message: string;
      readonly retryAfterMs: number | null;
    }
  /** Nothing left this process, or no connection was made: the venue cannot have acted. */
  | { readonly kind: 'notSent'; readonly cause: string; readonly retryAfterMs: number }
  /** Sent, and then deadline, reset or an unreadable answer: the venue may have acted. */
  | { readonly kind: 'noAnswer'; readonly cause: string };

/** Carries a failure through ccxt, which knows errors only as exceptions. */
export class CallFailedError extends Error {
  readonly failure: CallFailure;

  constructor(failure: CallFailure) {
    super(describeFailure(failure));
    this.name = 'CallFailedError';
    this.failure = failure;
  }
}

export function describeFailure(failure: CallFailure): string {
  if (failure.kind !== 'refused') return failure.cause;
  const code = failure.code === null ? '' : ` code ${failure.code}`;
  return `venue answered HTTP ${failure.status}${code}: ${failure.message}`;
}
