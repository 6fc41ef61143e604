import type { CallFailure } from './call-failure.ts';
import { outcomeOfFailure } from './outcome-of-failure.ts';

export type FailedCancel = { readonly kind: 'unknown' } | { readonly kind: 'ambiguous'; readonly cause: string };

const UNKNOWN_ORDER = '-2011';

/** A cancel that failed for any reason but "unknown" leaves the order as open as it was, which only a look at it can tell. */
export function failedCancel(failure: CallFailure): FailedCancel {
  if (failure.kind === 'refused' && failure.code === UNKNOWN_ORDER) return { kind: 'unknown' };
  const outcome = outcomeOfFailure(failure);
  return { kind: 'ambiguous', cause: outcome.kind === 'rejected' ? `refused with ${outcome.venueCode}: ${outcome.message}` : outcome.cause };
}
