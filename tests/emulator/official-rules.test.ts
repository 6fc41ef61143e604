/** The rules on the official Firestore emulator, where FIRESTORE_EMULATOR_HOST names one; it needs Java 21 and a download. */
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { inRepository } from '../../scripts/deployable/repository.ts';
import { unsignedToken } from '../support/auth-server.ts';
import { PROJECT } from '../support/local-stack.ts';

const HOST = process.env['FIRESTORE_EMULATOR_HOST'] ?? '';
const RECORD = 'hedge/paper/state/nav';
const DOCUMENTS = `http://${HOST}/v1/projects/${PROJECT}/databases/(default)/documents`;
const OWNER = 'owner';

const ask = (token: string | null, method: string, path: string, body?: object): Promise<number> =>
  fetch(`${DOCUMENTS}/${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).then(({ status }) => status);

describe.skipIf(HOST === '')(`the rules on the official emulator${HOST === '' ? ' (skipped: FIRESTORE_EMULATOR_HOST names none; the reader of rules proves the same)' : ''}`, () => {
  const tokens: Readonly<Record<string, string | null>> = {
    operator: unsignedToken('uid-operator', { role: 'operator' }),
    viewer: unsignedToken('uid-viewer', { role: 'viewer' }),
    'an account without a role': unsignedToken('uid-nobody', {}),
    nobody: null,
  };
  beforeAll(async () => {
    const content = await readFile(inRepository('firestore.rules'), 'utf8');
    const loaded = await fetch(`http://${HOST}/emulator/v1/projects/${PROJECT}:securityRules`, { method: 'PUT', body: JSON.stringify({ rules: { files: [{ name: 'firestore.rules', content }] } }) });
    if (!loaded.ok) throw new Error(`the emulator at ${HOST} does not take rules (${loaded.status}); is it the official one?`);
  });

  it('a record is written by the engine, which no rule binds', async () => {
    expect(await ask(OWNER, 'PATCH', RECORD, { fields: {} })).toBe(200);
  });

  it.each([['operator', 200], ['viewer', 200], ['an account without a role', 403], ['nobody', 403]] as const)('%s reads with %i', async (who, status) => {
    expect(await ask(tokens[who] ?? null, 'GET', RECORD)).toBe(status);
    expect(await ask(tokens[who] ?? null, 'GET', 'elsewhere/document')).toBe(403);
  });

  it.each(Object.keys(tokens))('%s writes nothing', async (who) => {
    const token = tokens[who] ?? null;
    expect(await ask(token, 'PATCH', RECORD, { fields: { navUsd: { stringValue: '1' } } })).toBe(403);
    expect(await ask(token, 'POST', 'hedge/paper/state?documentId=mine', { fields: {} })).toBe(403);
    expect(await ask(token, 'DELETE', RECORD)).toBe(403);
    expect(await ask(token, 'PATCH', 'elsewhere/document', { fields: {} })).toBe(403);
  });
});
