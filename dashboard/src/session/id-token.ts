/** What an ID token says of its bearer. Not verified here: the page may only show it, whoever is asked verifies it. */
import { asFields, asNumber, asText } from '../records/fields.ts';
import type { Role } from './session.ts';

interface Claims {
  readonly email: string;
  readonly exp: number;
  readonly operator: boolean;
  readonly viewer: boolean;
}

export interface TokenReading {
  readonly who: string;
  readonly role: Role;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Null for what is no token. */
export function readIdToken(token: string): TokenReading | null {
  const claims = asFields<Claims>(payloadOf(token));
  const seconds = asNumber(claims?.exp);
  if (claims === null || seconds === null) return null;
  return { who: asText(claims.email) ?? 'signed in', role: roleOf(claims), expiresAt: seconds * 1000 };
}

function roleOf({ operator, viewer }: { readonly operator?: unknown; readonly viewer?: unknown }): Role {
  if (operator === true) return 'operator';
  return viewer === true ? 'viewer' : 'none';
}

function payloadOf(token: string): unknown {
  const payload = token.split('.')[1];
  if (payload === undefined) return null;
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof DOMException) return null;
    throw error;
  }
}
