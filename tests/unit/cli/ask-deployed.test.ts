/** What is sent to a deployed `control`, and what is made of its answers, without a network. */
import { describe, expect, it } from 'vitest';
import { askDeployed } from '../../../functions/src/cli/ask-deployed.ts';
import { operatorSignIn } from '../../../functions/src/config/operator-sign-in.ts';
import type { OperatorSignIn } from '../../../functions/src/config/operator-sign-in.ts';

const URL_OF_CONTROL = 'https://asia-northeast1-my-project.cloudfunctions.net/control';
const HALT = { verb: 'halt', requestId: 'request-1', reason: 'it looks wrong', minutes: null } as const;
const PASSWORD: OperatorSignIn = { kind: 'password', apiKey: 'planted-key', email: 'ada@example.com', password: 'planted-password' };

interface Sent {
  readonly url: string;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Answers in their order; an error is a connection that broke. */
function asking(signIn: OperatorSignIn, ...replies: readonly (Response | Error)[]) {
  const sent: Sent[] = [];
  const left = [...replies];
  const fake: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    sent.push({ url: request.url, headers: request.headers, body: await request.json() });
    const reply = left.shift();
    if (reply === undefined) throw new Error('there is no further answer');
    if (reply instanceof Error) throw new TypeError('fetch failed', { cause: reply });
    return reply;
  };
  return { sent, ask: askDeployed({ url: URL_OF_CONTROL, signIn, fetch: fake }) };
}

const json = (status: number, body: unknown): Response => new Response(JSON.stringify(body), { status });

describe('asking a deployed control', () => {
  it('tells a local run nothing of who asks, and anybody else that it must', async () => {
    const headers: Headers[] = [];
    const fake: typeof fetch = (input, init) => {
      headers.push(new Request(input, init).headers);
      return Promise.resolve(json(200, { done: true }));
    };
    const signIn: OperatorSignIn = { kind: 'none' };
    expect(await askDeployed({ url: 'http://127.0.0.1:5000/api/control', signIn, fetch: fake })(HALT)).toEqual({ kind: 'answered', body: { done: true } });
    expect(headers.map((sent) => sent.get('authorization'))).toEqual([null]);
    await expect(askDeployed({ url: URL_OF_CONTROL, signIn, fetch: fake })(HALT)).rejects.toThrow('a deployed project asks who you are');
    expect(headers).toHaveLength(1);
  });

  it('signs in by e-mail and password, then sends the request with the token it got', async () => {
    const { ask, sent } = asking(PASSWORD, json(200, { idToken: 'the-token' }), json(200, { done: true }));
    expect(await ask(HALT)).toEqual({ kind: 'answered', body: { done: true } });
    expect(sent.map(({ url }) => url)).toEqual(['https://identitytoolkit.googleapis.com/v1/accounts:signInWithPassword', URL_OF_CONTROL]);
    expect(sent[0]?.headers.get('x-goog-api-key')).toBe('planted-key');
    expect(sent[1]?.headers.get('authorization')).toBe('Bearer the-token');
    expect(sent[1]?.body).toEqual(HALT);
  });

  it('uses a token that it was given as it is', async () => {
    const { ask, sent } = asking({ kind: 'token', idToken: 'my-token' }, json(200, {}));
    await ask(HALT);
    expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer my-token']);
  });

  it.each([
    ['a refusal', json(403, { error: { code: 'forbidden', message: 'not you', next: 'ask somebody' } }), { kind: 'refused', message: 'not you', next: 'ask somebody', retryAfterSeconds: null }],
    ['a refusal that time heals', json(429, { error: { code: 'rate_limited', message: 'too many', next: 'wait' } }), { kind: 'refused', message: 'too many', next: 'wait', retryAfterSeconds: 0 }],
    ['a page of somebody else', new Response('<html>', { status: 404 }), { kind: 'refused', message: `${URL_OF_CONTROL} answered 404 and is not this project's control`, next: 'check --project and REGION, or set PORTCULLIS_CONTROL_URL', retryAfterSeconds: null }],
    ['a gateway that gave up', new Response('upstream', { status: 504 }), { kind: 'unclear', cause: `${URL_OF_CONTROL} answered 504` }],
    ['a connection that broke', new Error('socket hang up'), { kind: 'unclear', cause: `${URL_OF_CONTROL}: socket hang up` }],
  ])('takes %s for what it is', async (_title, reply, asked) => {
    expect(await asking({ kind: 'token', idToken: 'my-token' }, reply).ask(HALT)).toEqual(asked);
  });

  it.each([
    ['is refused', json(400, { error: { message: 'INVALID_LOGIN_CREDENTIALS' } }), 'cannot sign in (INVALID_LOGIN_CREDENTIALS): check PORTCULLIS_API_KEY, PORTCULLIS_EMAIL and PORTCULLIS_PASSWORD'],
    ['cannot be reached', new Error('getaddrinfo ENOTFOUND'), 'cannot sign in: getaddrinfo ENOTFOUND; nothing was sent to control'],
  ])('sends nothing when the sign-in %s, and repeats nothing of it', async (_title, reply, message) => {
    const { ask, sent } = asking(PASSWORD, reply);
    const error: unknown = await ask(HALT).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'OperatorError', message });
    expect(String(error)).not.toMatch(/planted/);
    expect(sent).toHaveLength(1);
  });
});

const half = () => operatorSignIn({ PORTCULLIS_PASSWORD: 'planted-password' });

describe('how somebody signs in', () => {
  it('is taken from the variables: a token before e-mail and password, and none without either', () => {
    const password = { PORTCULLIS_API_KEY: 'planted-key', PORTCULLIS_EMAIL: 'ada@example.com', PORTCULLIS_PASSWORD: 'planted-password' };
    expect(operatorSignIn({ ...password, PORTCULLIS_ID_TOKEN: 'my-token' })).toEqual({ kind: 'token', idToken: 'my-token' });
    expect(operatorSignIn(password)).toEqual(PASSWORD);
    expect(operatorSignIn({ PORTCULLIS_ID_TOKEN: '' })).toEqual({ kind: 'none' });
  });

  it('told by halves is refused without repeating the other half', () => {
    expect(half).toThrow(/PORTCULLIS_API_KEY: missing/);
    expect(half).not.toThrow(/planted/);
  });
});
