import type { Rejection } from '../../domain/matching/rejection.ts';

export type FailedCancel = { readonly kind: 'unknown' } | { readonly kind: 'ambiguous'; readonly cause: string };

const UNKNOWN_ORDER = -2011;

/** Only "unknown" says something about the order: any other refusal leaves it as it was. */
export function failedCancel({ code, message }: Rejection): FailedCancel {
  return code === UNKNOWN_ORDER ? { kind: 'unknown' } : { kind: 'ambiguous', cause: `refused with ${code}: ${message}` };
}
