/** Reading: references for what is wanted, and records for what came back. */
import type { DocumentReference, DocumentSnapshot } from 'firebase-admin/firestore';
import type { Got, Wanted } from '../../ports/store.ts';
import type { Collection } from '../../schema/collection.ts';
import { collectionPath, documentPath } from '../store-document/document-path.ts';
import { withoutStamp } from '../store-document/stamp.ts';
import { parseStored } from '../store-document/validate.ts';
import { gotFor } from '../store-document/wanted.ts';
import type { FirestoreContext } from './firestore-writer.ts';
import { fromStored } from './timestamps.ts';

type ReadAll = (...references: DocumentReference[]) => Promise<DocumentSnapshot[]>;

/** One round trip for all documents wanted; none when nothing is wanted. */
export async function readWanted<W extends Wanted>(context: FirestoreContext, wanted: W, readAll: ReadAll): Promise<Got<W>> {
  const references = Object.values(wanted).map(({ collection, id }) =>
    context.firestore.doc(documentPath(collectionPath(context.namespace, collection.name), id)),
  );
  const snapshots = references.length === 0 ? [] : await readAll(...references);
  return gotFor(wanted, (collection, id, index) => {
    const snapshot = snapshots[index];
    if (snapshot === undefined) throw new Error(`the client did not answer for ${collection.name}/${id}`);
    return recordOf(collection, snapshot);
  });
}

/** Null when the document does not exist. Throws CorruptRecordError. */
export function recordOf<T>(collection: Collection<T>, snapshot: DocumentSnapshot): T | null {
  const fields = snapshot.data();
  return fields === undefined ? null : parseStored(collection, snapshot.ref.path, fromStored(withoutStamp(fields)));
}
