import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAuthServer } from '../../support/auth-server.ts';
import type { AuthServer } from '../../support/auth-server.ts';
import { launched } from './launched.ts';

const cleanUp = new AsyncDisposableStack();
afterAll(() => cleanUp.disposeAsync());

const ADA = { localId: 'uid-ada', email: 'ada@example.com', emailVerified: true, customAttributes: '{"team":"desk"}' };

describe('claims', () => {
  let auth: AuthServer;
  beforeAll(async () => {
    auth = await startAuthServer(cleanUp, []);
  });
  beforeEach(() => {
    auth.users.clear();
    for (const user of [ADA, { localId: 'uid-bob', email: 'bob@example.com', disabled: true }]) auth.users.set(user.localId, user);
  });

  // Nothing listens there: the command must not need the store.
  const claims = (...args: readonly string[]) => launched(['claims', ...args, '--emulator'], { FIRESTORE_EMULATOR_HOST: '127.0.0.1:1', FIREBASE_AUTH_EMULATOR_HOST: auth.host });

  it('grants a role by e-mail address and leaves other claims as they are', async () => {
    const { code, out, problems } = await claims('grant', 'ada@example.com', 'operator', '--json');
    expect(problems).toBe('');
    expect([code, JSON.parse(out)]).toEqual([0, { uid: 'uid-ada', email: 'ada@example.com', isEmailVerified: true, isDisabled: false, role: 'operator', roleBefore: null }]);
    expect(JSON.parse(auth.users.get('uid-ada')?.customAttributes ?? '')).toEqual({ team: 'desk', role: 'operator' });
  });

  it('revokes a role by uid and ends every sign-in', async () => {
    auth.users.set('uid-ada', { ...ADA, customAttributes: '{"team":"desk","role":"operator"}' });
    const { code, out } = await claims('revoke', 'uid-ada');
    expect([code, out]).toEqual([0, 'no role any more; every sign-in has been ended\naccount  ada@example.com\nuid      uid-ada\nbefore   operator\nnow      no role\n']);
    const user = auth.users.get('uid-ada');
    expect(JSON.parse(user?.customAttributes ?? '')).toEqual({ team: 'desk' });
    expect(Number(user?.validSince)).toBeGreaterThan(1_700_000_000);
  });

  it('shows a role and changes nothing', async () => {
    const before = auth.users.get('uid-ada');
    expect(await claims('show', 'ada@example.com')).toMatchObject({ code: 0, out: expect.stringMatching(/^no role: may do nothing\n/) });
    expect(auth.users.get('uid-ada')).toEqual(before);
  });

  it.each([
    ['an account that is not there', ['grant', 'eve@example.com', 'viewer'], 2, 'portcullis: there is no account "eve@example.com"; add it in the Firebase console under Authentication first\n'],
    ['a disabled account', ['grant', 'bob@example.com', 'viewer'], 2, 'portcullis: bob@example.com is disabled; enable the account in the Firebase console first\n'],
    ['a role that means nothing', ['grant', 'ada@example.com', 'admin'], 2, 'portcullis: role "admin" is not known; allowed: operator, viewer\n'],
    ['a role to revoke', ['revoke', 'ada@example.com', 'viewer'], 2, 'portcullis: claims revoke takes no role\n'],
  ])('refuses %s', async (_title, args, code, problems) => {
    expect(await claims(...args)).toEqual({ code, out: '', problems });
    expect(auth.users.get('uid-ada')).toEqual(ADA);
  });

  it('says so when accounts cannot be asked', async () => {
    const { code, problems } = await launched(['claims', 'show', 'uid-ada', '--emulator'], { FIRESTORE_EMULATOR_HOST: '127.0.0.1:1', FIREBASE_AUTH_EMULATOR_HOST: '127.0.0.1:1' });
    expect(code).toBe(1);
    expect(problems).toMatch(/^portcullis: accounts cannot be asked: [^\n]+\n$/);
  });

  it('has no accounts to speak of in a local run', async () => {
    expect(await launched(['claims', 'show', 'uid-ada', '--local'])).toEqual({ code: 2, out: '', problems: 'portcullis: a local run has no accounts: say --project ID, or --emulator\n' });
  });
});
