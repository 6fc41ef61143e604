import { describe, expect, it, test } from 'vitest';
import { parseIngestKeys } from '../../../../functions/src/config/ingest-keys.ts';
import type { HttpCall } from '../../../../functions/src/triggers/http/call.ts';
import { holderOf, signerOf } from '../../../../functions/src/triggers/http/signature.ts';
import { KEY_ID, KEY_SECRET, postOf, signedPost } from '../../../support/engine/desk.ts';

const NOW = Date.UTC(2026, 0, 15, 12);
const WINDOW_MS = 300_000;
const KEYS = { [KEY_ID]: KEY_SECRET, 'model-b': 'b'.repeat(32) };
const BODY = '{"id":"1"}';

const kindOf = (call: HttpCall, now = NOW): string => {
  const signer = signerOf(call, { keys: KEYS, windowMs: WINDOW_MS, now });
  return signer.kind === 'signer' ? signer.keyId : signer.code;
};

/** The same request with one header changed; null leaves it out. */
const withHeader = (call: HttpCall, name: string, value: string | null): HttpCall => ({ ...call, header: (asked) => (asked === name ? value : call.header(asked)) });
const signature = (call: HttpCall): string => call.header('x-portcullis-signature') ?? '';

describe('a signature', () => {
  const call = signedPost(BODY, NOW);

  it('names the key it was made with', () => {
    expect(kindOf(call)).toBe(KEY_ID);
    expect(kindOf(signedPost(BODY, NOW, 'model-b', 'b'.repeat(32)))).toBe('model-b');
  });

  it('is the HMAC-SHA256 of version, timestamp and raw body', () => {
    // printf 'v1.1768478400.{"id":"1"}' | openssl dgst -sha256 -hmac aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
    expect(signature(call)).toBe('v1=2655d54ed7c1cd7f436cea162aee6f5ab406f9cbae5605a46a920c62a922bef3');
    expect(call.header('x-portcullis-timestamp')).toBe('1768478400');
  });

  it('holds until the window has passed, and as long ahead', () => {
    expect([-WINDOW_MS, 0, WINDOW_MS].map((offset) => kindOf(call, NOW + offset))).toEqual([KEY_ID, KEY_ID, KEY_ID]);
    expect([-WINDOW_MS - 1000, WINDOW_MS + 1000].map((offset) => kindOf(call, NOW + offset))).toEqual(['unauthenticated', 'unauthenticated']);
  });

  test.each<[string, HttpCall]>([
    ['of another body', { ...call, rawBody: Buffer.from('{"id":"2"}') }],
    ['of a body with one byte more', { ...call, rawBody: Buffer.from(`${BODY} `) }],
    ['of no body', { ...call, rawBody: Buffer.alloc(0) }],
    ['with the wrong secret', signedPost(BODY, NOW, KEY_ID, 'x'.repeat(32))],
    ['of an unknown key', signedPost(BODY, NOW, 'model-x', KEY_SECRET)],
    ["with another key's secret", signedPost(BODY, NOW, 'model-b', KEY_SECRET)],
    ['of a key that every object has', signedPost(BODY, NOW, 'constructor', KEY_SECRET)],
    ['of __proto__', signedPost(BODY, NOW, '__proto__', KEY_SECRET)],
    ['with another timestamp', withHeader(call, 'x-portcullis-timestamp', '1768478401')],
    ['without a timestamp', withHeader(call, 'x-portcullis-timestamp', null)],
    ['with a timestamp in milliseconds', withHeader(call, 'x-portcullis-timestamp', '1768478400000')],
    ['with a timestamp that is no number', withHeader(call, 'x-portcullis-timestamp', 'aaaaaaaaaa')],
    ['without a key', withHeader(call, 'x-portcullis-key', null)],
    ['that is missing', withHeader(call, 'x-portcullis-signature', null)],
    ['that is cut off', withHeader(call, 'x-portcullis-signature', signature(call).slice(0, -1))],
    ['that is too long', withHeader(call, 'x-portcullis-signature', `${signature(call)}0`)],
    ['in capitals', withHeader(call, 'x-portcullis-signature', signature(call).toUpperCase())],
    ['without its version', withHeader(call, 'x-portcullis-signature', signature(call).slice(3))],
    ['that is empty', withHeader(call, 'x-portcullis-signature', 'v1=')],
  ])('%s is refused, always with the same words', (_title, changed) => {
    const known = signerOf(signedPost(BODY, NOW, KEY_ID, 'x'.repeat(32)), { keys: KEYS, windowMs: WINDOW_MS, now: NOW });
    expect(kindOf(changed)).toBe('unauthenticated');
    expect(signerOf(changed, { keys: KEYS, windowMs: WINDOW_MS, now: NOW })).toEqual(known);
  });
});

describe('a secret in the body', () => {
  test.each([
    ['of a key that may stand there', KEY_SECRET, [KEY_ID], KEY_ID],
    ['of a key that may not', KEY_SECRET, ['model-b'], 'unauthenticated'],
    ['when none may', KEY_SECRET, [], 'unauthenticated'],
    ['that is wrong', `${KEY_SECRET}a`, [KEY_ID], 'unauthenticated'],
    ['that is empty, of a key without a secret', '', ['model-x'], 'unauthenticated'],
    ['that is no text', 7, [KEY_ID], 'unauthenticated'],
    ['that is what stands in for a key without a secret', 'this key does not exist, and its secret opens nothing', ['model-x'], 'unauthenticated'],
  ])('%s', (_title, secret, allowed, expected) => {
    const signer = holderOf(secret, KEYS, allowed);
    expect(signer.kind === 'signer' ? signer.keyId : signer.code).toBe(expected);
  });
});

describe('the keys of INGEST_KEYS', () => {
  it('are none for an empty object or an empty secret', () => {
    expect([parseIngestKeys('{}'), parseIngestKeys('')]).toEqual([{}, {}]);
  });

  test.each(['not json', '[]', '{"model-a": "short"}', `{"Model A": "${KEY_SECRET}"}`, '{"model-a": 7}', `{"model-a": "${'x'.repeat(257)}"}`])('of another shape are refused without being repeated: %s', (secret) => {
    const refuse = () => parseIngestKeys(secret);
    expect(refuse).toThrow(/INGEST_KEYS: the secret does not have the right shape; allowed: a JSON object of key ids/);
    expect(refuse).not.toThrow(secret.slice(1, -1) === '' ? /never/ : secret);
  });

  it('can be two at once, which is how one takes the place of the other', () => {
    expect(parseIngestKeys(JSON.stringify(KEYS))).toEqual(KEYS);
  });
});

test('a request without a header has none', () => {
  expect(postOf('{}').header('x-portcullis-key')).toBeNull();
});
