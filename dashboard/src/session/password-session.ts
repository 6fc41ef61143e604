/**
 * Sign-in with e-mail and password at Firebase Authentication, by its REST interface. The refresh token is kept for the
 * tab, or on the device when the person says so; the ID token lives in memory alone.
 */
import { asFields, asText } from '../records/fields.ts';
import { readIdToken } from './id-token.ts';
import type { TokenReading } from './id-token.ts';
import { SignInError } from './session.ts';
import type { Session } from './session.ts';

const SIGN_IN_URL = 'https://identitytoolkit.googleapis.com/v1/accounts:signInWithPassword';
const REFRESH_URL = 'https://securetoken.googleapis.com/v1/token';
const STORAGE_KEY = 'portcullis.refreshToken';
/** A token is renewed before it ends, so that none ends on its way. */
const RENEW_BEFORE_MS = 5 * 60_000;
const DEADLINE_MS = 15_000;

const REFUSALS: Readonly<Record<string, string>> = {
  INVALID_LOGIN_CREDENTIALS: 'E-mail or password is wrong.',
  USER_DISABLED: 'This account is disabled. Ask whoever runs the project.',
  TOO_MANY_ATTEMPTS_TRY_LATER: 'Too many attempts. Wait some minutes, then try again.',
  OPERATION_NOT_ALLOWED: 'Sign-in with e-mail and password is off. Switch it on in the Firebase console under Authentication.',
  TOKEN_EXPIRED: 'The sign-in has ended. Sign in again.',
};

/** The stores of the browser. */
export interface TokenStores {
  readonly tab: Storage;
  readonly device: Storage;
}

export interface AuthDeps {
  readonly apiKey: string;
  readonly fetch: typeof fetch;
  readonly now: () => number;
  readonly stores: TokenStores;
}

interface Tokens {
  readonly idToken: string;
  readonly refreshToken: string;
}

export interface Credentials {
  readonly email: string;
  readonly password: string;
  readonly keepOnDevice: boolean;
}

/** @throws SignInError saying what to do */
export async function signIn(deps: AuthDeps, { email, password, keepOnDevice }: Credentials): Promise<Session> {
  const reply = await ask(deps, SIGN_IN_URL, JSON.stringify({ email, password, returnSecureToken: true }), 'application/json');
  const tokens = tokensOf(reply.idToken, reply.refreshToken);
  (keepOnDevice ? deps.stores.device : deps.stores.tab).setItem(STORAGE_KEY, tokens.refreshToken);
  return sessionOf(deps, tokens);
}

/** The session that was kept; null when there is none or it has ended. */
export async function resumeSession(deps: AuthDeps): Promise<Session | null> {
  const kept = deps.stores.tab.getItem(STORAGE_KEY) ?? deps.stores.device.getItem(STORAGE_KEY);
  if (kept === null) return null;
  try {
    return sessionOf(deps, await refresh(deps, kept));
  } catch (error) {
    if (!(error instanceof SignInError)) throw error;
    forget(deps.stores);
    return null;
  }
}

function sessionOf(deps: AuthDeps, first: Tokens): Session {
  let tokens = first;
  let renewal: Promise<Tokens> | null = null;
  const { who, role } = readingOf(first);
  return {
    who,
    role,
    token: async () => {
      if (readingOf(tokens).expiresAt - deps.now() > RENEW_BEFORE_MS) return tokens.idToken;
      // Reads that run side by side share one renewal.
      renewal ??= refresh(deps, tokens.refreshToken).finally(() => {
        renewal = null;
      });
      tokens = await renewal;
      return tokens.idToken;
    },
    signOut: () => forget(deps.stores),
  };
}

function forget({ tab, device }: TokenStores): void {
  tab.removeItem(STORAGE_KEY);
  device.removeItem(STORAGE_KEY);
}

async function refresh(deps: AuthDeps, refreshToken: string): Promise<Tokens> {
  const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken });
  const reply = await ask(deps, REFRESH_URL, form.toString(), 'application/x-www-form-urlencoded');
  return tokensOf(reply.id_token, reply.refresh_token);
}

/** Both endpoints, which spell the same two tokens differently. */
interface Reply {
  readonly idToken: string;
  readonly refreshToken: string;
  readonly id_token: string;
  readonly refresh_token: string;
  readonly error: { readonly message: string };
}

async function ask({ fetch, apiKey }: AuthDeps, url: string, body: string, type: string): Promise<{ readonly [K in keyof Reply]?: unknown }> {
  const response = await fetch(`${url}?key=${encodeURIComponent(apiKey)}`, { method: 'POST', headers: { 'content-type': type }, body, signal: AbortSignal.timeout(DEADLINE_MS) });
  const reply = asFields<Reply>(await response.json()) ?? {};
  if (response.ok) return reply;
  const message = asText(asFields<Reply['error']>(reply.error)?.message) ?? `Sign-in answered ${response.status}.`;
  // The code may be followed by a sentence: "TOO_MANY_ATTEMPTS_TRY_LATER : Access …".
  const code = message.split(' ')[0] ?? message;
  throw new SignInError(REFUSALS[code] ?? `Sign-in was refused: ${message}`);
}

function tokensOf(idToken: unknown, refreshToken: unknown): Tokens {
  if (typeof idToken === 'string' && typeof refreshToken === 'string') return { idToken, refreshToken };
  throw new SignInError('Sign-in answered without tokens. Try again.');
}

function readingOf({ idToken }: Tokens): TokenReading {
  const reading = readIdToken(idToken);
  if (reading === null) throw new SignInError('Sign-in answered with a token that cannot be read. Try again.');
  return reading;
}
