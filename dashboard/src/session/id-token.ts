/** What an ID token says of its bearer. Not verified here: the page may only show it, whoever is asked verifies it. */
import { asFields, asNumber, asText, asWord } from '../records/fields.ts';
import type { Role } from './session.ts';

interface Claims {
  readonly email: string;
  readonly exp: number;
  /** Custom claim, as firestore.rules and control know it. */
  readonly role: string;
}

export interface TokenReading {
  readonly who: string;
  readonly role: Role;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

const ROLES = { operator: true, viewer: true } as const;

/** Null for what is no token. */
export function readIdToken(token: string): TokenReading | null {
  const claims = asFields<Claims>(payloadOf(token));
  const seconds = asNumber(claims?.exp);
  if (claims === null || seconds === null) return null;
  return { who: asText(claims.email) ?? 'signed in', role: asWord(claims.role, ROLES) ?? 'none', expiresAt: seconds * 1000 };
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
