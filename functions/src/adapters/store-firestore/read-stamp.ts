import type { Firestore } from 'firebase-admin/firestore';
import { z } from 'zod';
import type { StampOf } from '../../ports/stamps.ts';
import { collectionPath, documentPath } from '../store-document/document-path.ts';

/** Kept whole: a copy of a Timestamp has lost what its methods read. */
const timestamp = z.custom<{ toMillis(): number }>((value) => typeof value === 'object' && value !== null && 'toMillis' in value);
const stamp = z.object({ engineVersion: z.string(), configHash: z.string(), updatedAt: timestamp });

export function stampsIn(firestore: Firestore, namespace: string): StampOf {
  return async (collection, id) => {
    const snapshot = await firestore.doc(documentPath(collectionPath(namespace, collection.name), id)).get();
    if (!snapshot.exists) return null;
    const { engineVersion, configHash, updatedAt } = stamp.parse(snapshot.data());
    return { engineVersion, configHash, updatedAt: updatedAt.toMillis() };
  };
}
