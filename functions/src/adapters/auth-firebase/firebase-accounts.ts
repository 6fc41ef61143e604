/** Accounts of Firebase Authentication; the role is the custom claim that rules and `control` read. */
import { FirebaseAuthError } from 'firebase-admin/auth';
import type { Auth, UserRecord } from 'firebase-admin/auth';
import type { Account, AccountAnswer, Accounts } from '../../ports/accounts.ts';

type AuthOfAccounts = Pick<Auth, 'getUser' | 'getUserByEmail' | 'setCustomUserClaims' | 'revokeRefreshTokens'>;

export function firebaseAccounts(auth: AuthOfAccounts): Accounts {
  const find = (who: string): Promise<AccountAnswer<Account>> => answer(() => (who.includes('@') ? auth.getUserByEmail(who) : auth.getUser(who)));
  return {
    find,
    setRole: async (uid, role) => {
      const written = await answer(async () => {
        const user = await auth.getUser(uid);
        const { role: _before, ...others } = user.customClaims ?? {};
        await auth.setCustomUserClaims(uid, role === null ? others : { ...others, role });
        if (role === null) await auth.revokeRefreshTokens(uid);
        return user;
      });
      return written.kind === 'found' ? find(uid) : written;
    },
  };
}

async function answer(ask: () => Promise<UserRecord>): Promise<AccountAnswer<Account>> {
  try {
    return { kind: 'found', value: accountOf(await ask()) };
  } catch (error) {
    if (error instanceof FirebaseAuthError && error.code === 'auth/user-not-found') return { kind: 'absent' };
    const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return { kind: 'unavailable', cause: line };
  }
}

function accountOf({ uid, email, emailVerified, disabled, customClaims }: UserRecord): Account {
  const role: unknown = customClaims?.['role'];
  return { uid, email: email ?? null, isEmailVerified: emailVerified, isDisabled: disabled, role: typeof role === 'string' ? role : null };
}
