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
  const advice = adviceOn(failure);
  return `venue answered HTTP ${failure.status}${code}: ${failure.message}${advice === null ? '' : `; ${advice}`}`;
}

/** What an operator has to do where waiting will not help. */
function adviceOn({ status, code }: Extract<CallFailure, { kind: 'refused' }>): string | null {
  if (status === 451) return 'it does not serve this country: deploy to a region it serves, such as asia-northeast1';
  if (code === '-2014' || code === '-2015' || code === '-1022') return "check the venue credentials, the key's permission for futures and its list of allowed addresses";
  if (status === 403 && code === null) return "its firewall refuses this address or request: check the region and the key's list of allowed addresses";
  return null;
}
