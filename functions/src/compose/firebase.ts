import type { Accounts } from '../ports/accounts.ts';
import type { Identities } from '../ports/identities.ts';
import { once } from './once.ts';
import { environment } from './settings.ts';

const firebaseApp = once(async () => {
  const { initializeApp } = await import('firebase-admin/app');
  const { projectId } = environment();
  return initializeApp(projectId === null ? {} : { projectId });
});

export const firestore = once(async () => {
  const [app, { getFirestore }] = await Promise.all([firebaseApp(), import('firebase-admin/firestore')]);
  return getFirestore(app);
});

export const firebaseAuth = once(async (): Promise<Identities> => {
  const [app, { getAuth }, { firebaseIdentities }] = await Promise.all([
    firebaseApp(),
    import('firebase-admin/auth'),
    import('../adapters/auth-firebase/firebase-identities.ts'),
  ]);
  return firebaseIdentities(getAuth(app));
});

/**
 * For commands: why this machine may not ask the project, or null when it may. Asked first, since the Firestore client ends
 * the process over missing credentials instead of failing a call.
 */
export async function credentialsProblem(): Promise<string | null> {
  const { applicationDefault } = await import('firebase-admin/app');
  try {
    await applicationDefault().getAccessToken();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** For the command that grants and revokes roles; deployed code never asks for it. */
export async function openAccounts(): Promise<Accounts> {
  const [app, { getAuth }, { firebaseAccounts }] = await Promise.all([firebaseApp(), import('firebase-admin/auth'), import('../adapters/auth-firebase/firebase-accounts.ts')]);
  return firebaseAccounts(getAuth(app));
}
