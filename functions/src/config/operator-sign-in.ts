/** How whoever runs a command proves to be an operator: a token they have, or e-mail and password to get one. */
import { ConfigError, refusedText } from './config-error.ts';
import type { Variables } from './environment.ts';

export type OperatorSignIn =
  | { readonly kind: 'token'; readonly idToken: string }
  | { readonly kind: 'password'; readonly apiKey: string; readonly email: string; readonly password: string }
  | { readonly kind: 'none' };

const PASSWORD_VARIABLES = ['PORTCULLIS_API_KEY', 'PORTCULLIS_EMAIL', 'PORTCULLIS_PASSWORD'] as const;

/** Throws ConfigError when e-mail and password are told by halves. Never repeats what the variables hold. */
export function operatorSignIn(variables: Variables = process.env): OperatorSignIn {
  const idToken = variables['PORTCULLIS_ID_TOKEN'] ?? '';
  if (idToken !== '') return { kind: 'token', idToken };
  const [apiKey = '', email = '', password = ''] = PASSWORD_VARIABLES.map((name) => variables[name] ?? '');
  const missing = PASSWORD_VARIABLES.filter((name) => (variables[name] ?? '') === '');
  if (missing.length === PASSWORD_VARIABLES.length) return { kind: 'none' };
  if (missing.length === 0) return { kind: 'password', apiKey, email, password };
  throw new ConfigError(missing.map((path) => ({ file: 'environment', at: null, path, problem: 'missing', allowed: `set together with ${PASSWORD_VARIABLES.filter((name) => name !== path).join(' and ')}, or PORTCULLIS_ID_TOKEN alone` })));
}

const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Where `control` answers; null for the address that follows from region and project. A token goes nowhere unencrypted but to this machine. */
export function controlUrlFrom(variables: Variables = process.env): string | null {
  const text = variables['PORTCULLIS_CONTROL_URL'] ?? '';
  if (text === '') return null;
  const url = URL.parse(text);
  if (url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && isOfThisMachine(text)))) return text;
  throw new ConfigError([{ file: 'environment', at: null, path: 'PORTCULLIS_CONTROL_URL', problem: refusedText(text), allowed: 'an https address, an http address of this machine, or unset' }]);
}

/** Whoever reaches a local run is its operator: it asks nobody who they are. */
export const isOfThisMachine = (url: string): boolean => LOOPBACK_HOSTS.has(URL.parse(url)?.hostname ?? '');
