/** Sends a request to the deployed `control`, as the operator who has signed in. */
import { z } from 'zod';
import { isOfThisMachine } from '../config/operator-sign-in.ts';
import type { OperatorSignIn } from '../config/operator-sign-in.ts';
import type { Ask, Asked } from './ask.ts';
import { OperatorError } from './operator-error.ts';

const SIGN_IN_URL = 'https://identitytoolkit.googleapis.com/v1/accounts:signInWithPassword';
/** Longer than the function itself may take. */
const DEADLINE_MS = 150_000;

export interface DeployedControl {
  readonly url: string;
  readonly signIn: OperatorSignIn;
  readonly fetch: typeof fetch;
}

export function askDeployed({ url, signIn, fetch: send }: DeployedControl): Ask {
  return async (request) => {
    const identity = signIn.kind === 'none' && isOfThisMachine(url) ? {} : { authorization: `Bearer ${await idToken(signIn, send)}` };
    let reply: Response;
    try {
      reply = await send(url, {
        method: 'POST',
        headers: { ...identity, 'content-type': 'application/json' },
        body: JSON.stringify(request),
        // A token must not follow to wherever an answer points.
        redirect: 'error',
        signal: AbortSignal.timeout(DEADLINE_MS),
      });
      if (signIn.kind === 'none' && reply.status === 401) return WHO_ARE_YOU;
      return askedOf(reply.status, await reply.text(), url);
    } catch (error) {
      return { kind: 'unclear', cause: `${url}: ${causeText(error)}` };
    }
  };
}

const SIGN_IN = 'set PORTCULLIS_API_KEY, PORTCULLIS_EMAIL and PORTCULLIS_PASSWORD, or PORTCULLIS_ID_TOKEN';
const WHO_ARE_YOU: Asked = { kind: 'refused', message: 'control asks who you are', next: SIGN_IN, retryAfterSeconds: null };

const refusal = z.object({ error: z.object({ message: z.string(), next: z.string() }) });

function askedOf(status: number, text: string, url: string): Asked {
  const body = jsonOf(text);
  const told = refusal.safeParse(body);
  if (told.success) return { kind: 'refused', ...told.data.error, retryAfterSeconds: status === 429 || status === 503 ? 0 : null };
  if (status === 200 && body !== undefined) return { kind: 'answered', body };
  if (status >= 500) return { kind: 'unclear', cause: `${url} answered ${status}` };
  return { kind: 'refused', message: `${url} answered ${status} and is not this project's control`, next: 'check --project and REGION, or set PORTCULLIS_CONTROL_URL', retryAfterSeconds: null };
}

const signedIn = z.object({ idToken: z.string() });
const signInRefusal = z.object({ error: z.object({ message: z.string() }) });

async function idToken(signIn: OperatorSignIn, send: typeof fetch): Promise<string> {
  switch (signIn.kind) {
    case 'token':
      return signIn.idToken;
    case 'none':
      throw new OperatorError(`a deployed project asks who you are: ${SIGN_IN}`);
    case 'password': {
      const { apiKey, email, password } = signIn;
      const reply = await send(SIGN_IN_URL, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-goog-api-key': apiKey },
        body: JSON.stringify({ email, password, returnSecureToken: true }),
        redirect: 'error',
        signal: AbortSignal.timeout(DEADLINE_MS),
      }).catch((error: unknown) => {
        throw new OperatorError(`cannot sign in: ${causeText(error)}; nothing was sent to control`);
      });
      const body = jsonOf(await reply.text());
      const tokens = signedIn.safeParse(body);
      if (tokens.success) return tokens.data.idToken;
      const code = signInRefusal.safeParse(body).data?.error.message ?? `answer ${reply.status}`;
      throw new OperatorError(`cannot sign in (${code}): check PORTCULLIS_API_KEY, PORTCULLIS_EMAIL and PORTCULLIS_PASSWORD`);
    }
  }
}

/** Undefined for what is not JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function causeText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = error.cause instanceof Error ? error.cause.message : '';
  return inner === '' ? error.message : inner;
}
