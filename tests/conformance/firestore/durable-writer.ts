/** Writes pairs of documents until it is killed, and tells its parent the id of each pair whose commit was acknowledged. */
import { Firestore } from '@google-cloud/firestore';

const db = new Firestore({ projectId: process.argv[2] ?? '' });

async function write(lane: number): Promise<never> {
  for (let n = lane; ; n += 8) {
    // Each lane waits for its own commits.
    // oxlint-disable-next-line no-await-in-loop
    await db.batch().create(db.doc(`left/${n}`), { n }).create(db.doc(`right/${n}`), { n }).commit();
    process.send?.(n);
  }
}

await Promise.all(Array.from({ length: 8 }, (_, lane) => write(lane)));
