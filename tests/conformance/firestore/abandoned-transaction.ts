/** A process that reads a document in a transaction, says so, and then does nothing: its parent kills it. */
import { once } from 'node:events';
import { Firestore } from '@google-cloud/firestore';

const [projectId = '', path = ''] = process.argv.slice(2);
const db = new Firestore({ projectId });

await db.runTransaction(async (tx) => {
  await tx.get(db.doc(path));
  process.send?.('locked');
  await once(process, 'disconnect');
});
