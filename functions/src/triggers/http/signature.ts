/**
 * Who has signed a request: HMAC-SHA256 with the secret of a key over `v1.{timestamp}.{raw body}`, in hex. The timestamp
 * bounds how long a request that was overheard can be sent again; within that time the id in the body makes it harmless.
 *
 * 1. Secrets are compared in constant time, and an unknown key costs the same as a wrong signature.
 * 2. Every refusal of a signature has the same words, so that nobody learns which part was wrong.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { refused } from '../../app/requests/refusal.ts';
import type { Refusal } from '../../app/requests/refusal.ts';
import type { IngestKeys } from '../../config/ingest-keys.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { HttpCall } from './call.ts';

export const KEY_HEADER = 'x-portcullis-key';
export const TIMESTAMP_HEADER = 'x-portcullis-timestamp';
export const SIGNATURE_HEADER = 'x-portcullis-signature';

const NOBODY = 'this key does not exist, and its secret opens nothing';
const UNAUTHENTICATED = refused('unauthenticated', 'the request is not signed by a key that is known', 'sign it as docs/outside-signals.md shows; check key, secret, raw body and clock');

export type Signer = { readonly kind: 'signer'; readonly keyId: string } | Refusal;

export interface SignatureRules {
  readonly keys: IngestKeys;
  readonly windowMs: number;
  readonly now: EpochMs;
}

export const isSigned = (call: HttpCall): boolean => call.header(SIGNATURE_HEADER) !== null;

/** The timestamp is in whole seconds since 1970. */
export function signerOf(call: HttpCall, { keys, windowMs, now }: SignatureRules): Signer {
  const keyId = call.header(KEY_HEADER) ?? '';
  const timestamp = /^\d{10}$/.exec(call.header(TIMESTAMP_HEADER) ?? '')?.[0] ?? '';
  const given = /^v1=([0-9a-f]{64})$/.exec(call.header(SIGNATURE_HEADER) ?? '')?.[1] ?? '';
  const secret = Object.hasOwn(keys, keyId) ? keys[keyId] : undefined;
  const wanted = createHmac('sha256', secret ?? NOBODY).update(`v1.${timestamp}.`).update(call.rawBody).digest('hex');
  const isGenuine = sameText(given, wanted);
  const isInTime = timestamp !== '' && Math.abs(now - Number(timestamp) * 1000) <= windowMs;
  return secret !== undefined && isGenuine && isInTime ? { kind: 'signer', keyId } : UNAUTHENTICATED;
}

/** For senders that cannot sign: a secret in the body, of a key that may stand there. */
export function holderOf(given: unknown, keys: IngestKeys, allowed: readonly string[]): Signer {
  const text = typeof given === 'string' ? given : '';
  const holders = allowed.filter((keyId) => sameText(text, Object.hasOwn(keys, keyId) ? (keys[keyId] ?? '') : NOBODY) && Object.hasOwn(keys, keyId));
  const [keyId] = holders;
  return keyId === undefined ? UNAUTHENTICATED : { kind: 'signer', keyId };
}

/** Hashed first, so that neither length nor content can be told from the time it takes. */
function sameText(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
