/** Why a request was refused. The edge turns the code into a status; the words are for whoever asked. */

export const REFUSAL_CODES = [
  'method_not_allowed',
  'origin_not_allowed',
  'unsupported_media_type',
  'body_too_large',
  'invalid_body',
  'unauthenticated',
  'token_expired',
  'token_revoked',
  'forbidden',
  'rate_limited',
  'not_found',
  'request_id_reused',
  'records_closed',
  'not_configured',
  'signal_out_of_time',
  'conflict',
  'try_again',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

export interface Refusal {
  readonly kind: 'refused';
  readonly code: RefusalCode;
  readonly message: string;
  /** What to do about it. */
  readonly next: string;
  /** For codes that time heals; null when it does not. */
  readonly retryAfterSeconds: number | null;
}

export function refused(code: RefusalCode, message: string, next: string, retryAfterSeconds: number | null = null): Refusal {
  return { kind: 'refused', code, message, next, retryAfterSeconds };
}
