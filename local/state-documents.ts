import { getFirestore } from 'firebase-admin/firestore';
import { environment } from '../functions/src/compose/settings.ts';

/** Paths of the artifacts a person opens first in the console. */
export async function stateDocumentPaths(): Promise<readonly string[]> {
  const root = getFirestore().doc(`hedge/${environment().namespace}`);
  const documents = await Promise.all(['state', 'control'].map((name) => root.collection(name).listDocuments()));
  return documents.flat().map((document) => document.path).toSorted();
}
