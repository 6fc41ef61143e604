/** ID tokens of Firebase Authentication. Nothing of a token reaches an answer or a log line. */
import { FirebaseAuthError } from 'firebase-admin/auth';
import type { Auth, DecodedIdToken } from 'firebase-admin/auth';
import type { Identities, Identity } from '../../ports/identities.ts';

export function firebaseIdentities(auth: Pick<Auth, 'verifyIdToken'>): Identities {
  return {
    verify: async (token, asksAccount) => {
      try {
        return identityOf(await auth.verifyIdToken(token, asksAccount));
      } catch (error) {
        return failureOf(error);
      }
    },
  };
}

function identityOf(token: DecodedIdToken): Identity {
  const role: unknown = token['role'];
  const name = token.email !== undefined && token.email_verified === true ? token.email : token.uid;
  return { kind: 'known', uid: token.uid, name, role: typeof role === 'string' ? role : null };
}

/** Codes of firebase-admin. What is not about the token is a failure of ours or of the network. */
function failureOf(error: unknown): Identity {
  const code = error instanceof FirebaseAuthError ? error.code : 'unknown';
  switch (code) {
    case 'auth/id-token-expired':
      return { kind: 'refused', reason: 'expired' };
    case 'auth/id-token-revoked':
    case 'auth/user-disabled':
    case 'auth/user-not-found':
      return { kind: 'refused', reason: 'revoked' };
    case 'auth/argument-error':
    case 'auth/invalid-id-token':
      return { kind: 'refused', reason: 'invalid' };
    default:
      return { kind: 'unavailable', cause: `the identity service could not be asked: ${code}` };
  }
}
