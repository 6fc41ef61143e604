/**
 * `control` and `ingest` as they are deployed, in the official Functions emulator: who does not belong is refused with the
 * right status, changes nothing and is counted; and no secret that the functions were given is found anywhere after it.
 */
import { createHmac } from 'node:crypto';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest';
import { z } from 'zod';
import { inRepository } from '../../scripts/deployable/repository.ts';
import { startAuthServer, unsignedToken } from '../support/auth-server.ts';
import type { AuthServer } from '../support/auth-server.ts';
import { outsideEdits } from '../support/engine/desk.ts';
import { callSchedule } from '../support/function-events.ts';
import { startFunctionsEmulator } from '../support/functions-emulator.ts';
import type { FunctionsEmulator } from '../support/functions-emulator.ts';
import { startLocalStack } from '../support/local-stack.ts';
import type { LocalStack } from '../support/local-stack.ts';
import { storedDocuments } from '../support/stored-documents.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { edited } from '../unit/config/config-files.ts';

/** Made up; whatever is found of them afterwards has leaked. */
const INGEST_SECRET = 'planted-ingest-secret-0123456789abcdef';
const OTHER_SECRET = 'planted-other-secret-0123456789abcdef0';
const SINK_SECRET = 'planted-sink-secret-0123456789abcdef00';
const SINK_PATH = 'planted-hook-0123456789';
const BEARERS: string[] = [];

const cleanUp = new AsyncDisposableStack();
afterAll(() => cleanUp.disposeAsync());

let stack: LocalStack;
let auth: AuthServer;
let emulator: FunctionsEmulator;
const answers: string[] = [];

const ACCOUNTS = ['operator', 'viewer', 'nobody', 'flood', 'dismissed'].map((name) => ({ localId: `uid-${name}`, email: `${name}@example.com`, emailVerified: true, disabled: name === 'dismissed' }));

beforeAll(async () => {
  const configDir = join(await temporaryFolder(cleanUp), 'config');
  await mkdir(configDir);
  for (const [name, text] of Object.entries(edited(...outsideEdits))) await writeFile(join(configDir, name), text);
  [stack, auth] = await Promise.all([startLocalStack(cleanUp), startAuthServer(cleanUp, ACCOUNTS)]);
  emulator = await startFunctionsEmulator(cleanUp, stack, {
    configDir,
    secrets: {
      INGEST_KEYS: JSON.stringify({ 'model-a': INGEST_SECRET, 'model-b': OTHER_SECRET }),
      ALERT_SINKS: JSON.stringify({ desk: { kind: 'webhook', url: `http://127.0.0.1:1/${SINK_PATH}`, secret: SINK_SECRET } }),
    },
    env: { FIREBASE_AUTH_EMULATOR_HOST: auth.host },
  });
  await callSchedule(emulator.url('sync'), 'sync', Math.floor(Date.now() / 60_000) * 60_000);
}, 120_000);

interface Told {
  readonly status: number;
  readonly code: unknown;
  readonly body: unknown;
}

async function call(endpoint: 'control' | 'ingest', init: RequestInit): Promise<Told> {
  const response = await fetch(emulator.httpsUrl(endpoint), { method: 'POST', ...init });
  const text = await response.text();
  answers.push(text);
  const body: unknown = JSON.parse(text);
  return { status: response.status, code: Reflect.get(Object(Reflect.get(Object(body), 'error')), 'code'), body };
}

const JSON_TYPE = { 'content-type': 'application/json' };

function bearer(who: string, role: string | null, times: Parameters<typeof unsignedToken>[2] = {}): Readonly<Record<string, string>> {
  const token = unsignedToken(`uid-${who}`, { email: `${who}@example.com`, email_verified: true, ...(role === null ? {} : { role }) }, times);
  BEARERS.push(token);
  return { ...JSON_TYPE, authorization: `Bearer ${token}` };
}

const operator = () => bearer('operator', 'operator');
const control = (headers: Readonly<Record<string, string>>, body: unknown) => call('control', { headers, body: typeof body === 'string' ? body : JSON.stringify(body) });

/** Signed as docs/outside-signals.md says. */
function signed(body: string, { keyId = 'model-a', secret = INGEST_SECRET, secondsAgo = 0 } = {}): RequestInit {
  const timestamp = String(Math.floor(Date.now() / 1000) - secondsAgo);
  const signature = createHmac('sha256', secret).update(`v1.${timestamp}.${body}`).digest('hex');
  return { headers: { ...JSON_TYPE, 'x-portcullis-key': keyId, 'x-portcullis-timestamp': timestamp, 'x-portcullis-signature': `v1=${signature}` }, body };
}

const signal = (changes: object = {}) => JSON.stringify({ id: 'signal-1', strategy: 'zscore-5m', symbol: 'BTCUSDT', action: 'enter', positionSide: 'long', at: Date.now(), ...changes });

/** What requests leave behind by design: counters of refusals, and how much anybody may still ask. */
const COUNTERS = /\/(refusals|request_budgets)\//;
const records = async () => new Map([...(await storedDocuments(stack.documents))].filter(([path]) => !COUNTERS.test(path)));

const HALT = { verb: 'halt', requestId: 'request-1', reason: 'it looks wrong', minutes: null };

describe('control', () => {
  test.each<[string, () => RequestInit, number, string]>([
    ['nobody', () => ({ headers: JSON_TYPE, body: JSON.stringify(HALT) }), 401, 'unauthenticated'],
    ['what is no token', () => ({ headers: { ...JSON_TYPE, authorization: 'Bearer planted-bearer' }, body: JSON.stringify(HALT) }), 401, 'unauthenticated'],
    ['a token of another project', () => ({ headers: bearer('operator', 'operator', { project: 'demo-other' }), body: JSON.stringify(HALT) }), 401, 'unauthenticated'],
    ['an expired token', () => ({ headers: bearer('operator', 'operator', { expiresIn: -10, issuedAgo: 3700 }), body: JSON.stringify(HALT) }), 401, 'token_expired'],
    ['a disabled account', () => ({ headers: bearer('dismissed', 'operator'), body: JSON.stringify(HALT) }), 401, 'token_revoked'],
    ['an account that is gone', () => ({ headers: bearer('gone', 'operator'), body: JSON.stringify(HALT) }), 401, 'token_revoked'],
    ['an account without a role', () => ({ headers: bearer('nobody', null), body: JSON.stringify(HALT) }), 403, 'forbidden'],
    ['an account with another role', () => ({ headers: bearer('nobody', 'admin'), body: JSON.stringify(HALT) }), 403, 'forbidden'],
    ['a viewer who wants to halt', () => ({ headers: bearer('viewer', 'viewer'), body: JSON.stringify(HALT) }), 403, 'forbidden'],
    ['a body that is too large', () => ({ headers: operator(), body: JSON.stringify({ ...HALT, reason: 'x'.repeat(20_000) }) }), 413, 'body_too_large'],
    ['a list', () => ({ headers: operator(), body: '[]' }), 400, 'invalid_body'],
    ['a field too much', () => ({ headers: operator(), body: JSON.stringify({ ...HALT, alsoResume: true }) }), 400, 'invalid_body'],
    ['text', () => ({ headers: { ...operator(), 'content-type': 'text/plain' }, body: JSON.stringify(HALT) }), 415, 'unsupported_media_type'],
    ['a PUT', () => ({ method: 'PUT', headers: operator(), body: JSON.stringify(HALT) }), 405, 'method_not_allowed'],
  ])('refuses %s and changes nothing', async (_title, request, status, code) => {
    const before = await records();
    const told = await call('control', request());
    expect([told.status, told.code]).toEqual([status, code]);
    expect(await records()).toEqual(before);
  });

  it('lets a viewer look', async () => {
    expect(await control(bearer('viewer', 'viewer'), { verb: 'status' })).toMatchObject({ status: 200, body: { tradingState: 'ACTIVE', nav: { navUsd: '10000' } } });
  });

  it('halts for an operator once, however often the request is replayed, and keeps who and why', async () => {
    expect(await control(operator(), HALT)).toMatchObject({ status: 200, body: { repeated: false, after: { state: 'HALTED' } } });
    const after = await records();
    expect(await control(operator(), HALT)).toMatchObject({ status: 200, body: { repeated: true } });
    expect(await control(operator(), { ...HALT, reason: 'another reason' })).toMatchObject({ status: 409, code: 'request_id_reused' });
    expect(await records()).toEqual(after);
    const audit = await stack.documents.doc('hedge/paper/control/trading/audit/request-1').get();
    expect(audit.data()).toMatchObject({ verb: 'halt', actor: 'operator@example.com', uid: 'uid-operator', reason: 'it looks wrong' });
  });

  it('stays halted when every function starts afresh: the word is in the store', async () => {
    const again = await startFunctionsEmulator(cleanUp, stack, { env: { FIREBASE_AUTH_EMULATOR_HOST: auth.host } });
    const response = await fetch(again.httpsUrl('control'), { method: 'POST', headers: bearer('viewer', 'viewer'), body: JSON.stringify({ verb: 'status' }) });
    expect(await response.json()).toMatchObject({ tradingState: 'HALTED', control: { actor: 'operator@example.com' } });
  }, 90_000);

  it('holds back a flood, says when to ask again, and lets others act meanwhile', async () => {
    const before = await records();
    const asked: Told[] = [];
    for (let times = 0; times < 34; times += 1) asked.push(await control(bearer('flood', 'operator'), { verb: 'acknowledge', requestId: `flooding-${times}`, reason: 'flood', incidentId: 'none' }));
    expect(asked.slice(0, 28).map(({ status }) => status)).toEqual(Array.from({ length: 28 }, () => 404));
    expect(asked.at(-1)).toMatchObject({ status: 429, code: 'rate_limited' });
    expect(await records()).toEqual(before);
    expect(await control(operator(), { verb: 'resume', requestId: 'request-2', reason: 'all well' })).toMatchObject({ status: 200 });
  }, 60_000);
});

describe('ingest', () => {
  test.each<[string, () => RequestInit, number, string]>([
    ['nobody', () => ({ headers: JSON_TYPE, body: signal() }), 401, 'unauthenticated'],
    ['a secret in the body, where that is not allowed', () => ({ headers: JSON_TYPE, body: signal({ secret: INGEST_SECRET }) }), 401, 'unauthenticated'],
    ['a signature with another secret', () => signed(signal(), { secret: OTHER_SECRET }), 401, 'unauthenticated'],
    ['a key that is not known', () => signed(signal(), { keyId: 'model-c' }), 401, 'unauthenticated'],
    ['a body that was changed on the way', () => ({ ...signed(signal()), body: signal({ symbol: 'ETHUSDT' }) }), 401, 'unauthenticated'],
    ['a signature of long ago', () => signed(signal(), { secondsAgo: 301 }), 401, 'unauthenticated'],
    ['a signal of long ago', () => signed(signal({ at: Date.now() - 301_000 })), 400, 'signal_out_of_time'],
    ['a key that the strategy does not take', () => signed(signal(), { keyId: 'model-b', secret: OTHER_SECRET }), 403, 'forbidden'],
    ['a body that is too large', () => signed(signal({ id: 'x'.repeat(20_000) })), 413, 'body_too_large'],
    ['a list', () => signed('[]'), 400, 'invalid_body'],
    ['a field too much', () => signed(signal({ size: 100 })), 400, 'invalid_body'],
    ['a GET', () => ({ method: 'GET', headers: JSON_TYPE }), 405, 'method_not_allowed'],
  ])('refuses %s and changes nothing', async (_title, request, status, code) => {
    const before = await records();
    const told = await call('ingest', request());
    expect([told.status, told.code]).toEqual([status, code]);
    expect(await records()).toEqual(before);
  });

  it('takes a signal once, however often it is replayed', async () => {
    const body = signal({ id: 'signal-2', action: 'exit' });
    const first = await call('ingest', signed(body));
    expect(first).toMatchObject({ status: 200, body: { id: 'signal-2', repeated: false } });
    const after = await records();
    expect(await call('ingest', signed(body))).toEqual({ ...first, body: { ...Object(first.body), repeated: true } });
    expect(await call('ingest', signed(signal({ id: 'signal-2', action: 'enter' })))).toMatchObject({ status: 409, code: 'request_id_reused' });
    expect(await records()).toEqual(after);
  });

  it('holds back a flood', async () => {
    const statuses: number[] = [];
    for (let times = 0; times < 70 && statuses.at(-1) !== 429; times += 1) statuses.push((await call('ingest', signed('{}'))).status === 429 ? 429 : (await call('ingest', signed(signal({ id: `flood-${times}`, strategy: 'unknown-strategy' })))).status);
    expect(statuses.at(-1)).toBe(429);
  }, 60_000);
});

test.each(['control', 'ingest'] as const)('what is no JSON never reaches %s: the server before it refuses it', async (endpoint) => {
  const before = await storedDocuments(stack.documents);
  const response = await fetch(emulator.httpsUrl(endpoint), { method: 'POST', ...(endpoint === 'control' ? { headers: operator(), body: '{"verb":' } : signed('signal')) });
  answers.push(await response.text());
  expect(response.status).toBe(400);
  expect(await storedDocuments(stack.documents)).toEqual(before);
});

const refusals = z.record(z.string(), z.number());

it('every kind of refusal was counted', async () => {
  // A process adds its counts up for some seconds, then writes them with the next one.
  await vi.waitFor(async () => {
    await call('control', { headers: JSON_TYPE, body: '{}' });
    await call('ingest', { headers: JSON_TYPE, body: '{}' });
    const documents = await stack.documents.collection('hedge/paper/refusals').get();
    const codes = (endpoint: string) => documents.docs.filter(({ id }) => id.startsWith(endpoint)).flatMap((document) => Object.keys(refusals.parse(document.get('byCode'))));
    expect(codes('control')).toEqual(expect.arrayContaining(['unauthenticated', 'token_expired', 'token_revoked', 'forbidden', 'body_too_large', 'invalid_body', 'unsupported_media_type', 'method_not_allowed', 'request_id_reused', 'not_found', 'rate_limited']));
    expect(codes('ingest')).toEqual(expect.arrayContaining(['unauthenticated', 'signal_out_of_time', 'forbidden', 'body_too_large', 'invalid_body', 'method_not_allowed', 'request_id_reused', 'rate_limited']));
  }, { timeout: 30_000, interval: 2000 });
}, 60_000);

/** Variable to the texts in it that must not be found. */
const planted = (): Readonly<Record<string, readonly string[]>> => ({
  VENUE_CREDENTIALS: Object.values(z.record(z.string(), z.string()).parse(JSON.parse(stack.venueCredentials))),
  INGEST_KEYS: [INGEST_SECRET, OTHER_SECRET],
  ALERT_SINKS: [SINK_SECRET, SINK_PATH],
});

const all = (): readonly string[] => [...Object.values(planted()).flat(), ...BEARERS, 'planted-bearer'];
const foundIn = (text: string): readonly string[] => all().filter((secret) => text.includes(secret));

describe('the secrets that the functions were given', () => {
  it('are all that any function is given: a new one has to be planted here', async () => {
    const manifest = await readFile(inRepository('tests/golden/manifest.json'), 'utf8');
    const declared = [...manifest.matchAll(/"secretEnvironmentVariables": \[(?<list>[^\]]*)\]/g)].flatMap(({ groups }) => [...(groups?.['list'] ?? '').matchAll(/"key": "(?<key>\w+)"/g)].map((key) => key.groups?.['key'] ?? ''));
    expect([...new Set(declared)].toSorted()).toEqual(Object.keys(planted()).toSorted());
  });

  it('are in no log line, no answer and no record', async () => {
    expect(emulator.output().length).toBeGreaterThan(1000);
    expect(foundIn(emulator.output())).toEqual([]);
    expect(answers.length).toBeGreaterThan(80);
    expect(foundIn(answers.join('\n'))).toEqual([]);
    const documents = await storedDocuments(stack.documents);
    expect(documents.size).toBeGreaterThan(5);
    expect(foundIn([...documents].flat().join('\n'))).toEqual([]);
  });

  it('are in no file that is uploaded', async () => {
    const files = (await readdir(emulator.built)).filter((name) => name !== 'node_modules' && !name.endsWith('.local'));
    expect(files).toContain('index.js');
    for (const name of files) expect([name, foundIn(await readFile(join(emulator.built, name), 'utf8'))]).toEqual([name, []]);
  });

  it('are in no line about a venue that refuses them, nor about a secret that is not well formed', async () => {
    const broken = await startFunctionsEmulator(cleanUp, { ...stack, venueCredentials: '{"apiKey":"planted-broken-key","apiSecret":"planted-broken-secret"}' }, { secrets: { INGEST_KEYS: '{"model-a":"planted-short"' }, env: { FIREBASE_AUTH_EMULATOR_HOST: auth.host } });
    await callSchedule(broken.url('sync'), 'sync', Math.floor(Date.now() / 60_000) * 60_000 + 60_000);
    const response = await fetch(broken.httpsUrl('ingest'), { method: 'POST', ...signed(signal()) });
    expect(response.status).toBe(503);
    await vi.waitFor(() => expect(broken.output()).toMatch(/INGEST_KEYS|ingest/));
    const said = `${broken.output()}${await response.text()}${[...(await storedDocuments(stack.documents))].flat().join('\n')}`;
    expect(['planted-broken-key', 'planted-broken-secret', 'planted-short'].filter((secret) => said.includes(secret))).toEqual([]);
  }, 90_000);
});
