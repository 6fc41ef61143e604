import type { CollectionReference, Firestore } from '@google-cloud/firestore';

/** Everything a Firestore holds: path to the text of its fields. */
export async function storedDocuments(firestore: Firestore): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const visit = async (collections: readonly CollectionReference[]): Promise<void> => {
    for (const collection of collections) {
      for (const document of await collection.listDocuments()) {
        const snapshot = await document.get();
        if (snapshot.exists) found.set(document.path, JSON.stringify(snapshot.data()));
        await visit(await document.listCollections());
      }
    }
  };
  await visit(await firestore.listCollections());
  return found;
}
