import { join } from 'node:path';
import { Firestore } from '@google-cloud/firestore';
import { createFirestoreStore } from '../../../functions/src/adapters/store-firestore/firestore-store.ts';
import type { Writer } from '../../../functions/src/ports/store.ts';
import { startFirestoreServer } from '../../../local/firestore/server.ts';
import { openDataFolder } from '../../../local/host/data-folder.ts';
import { PROJECT } from '../../support/local-stack.ts';

export function testStore(firestore: Firestore) {
  const stamp = { engineVersion: '0.0.0', configHash: 'none', flags: 'none', runId: () => 'test', now: () => 0 };
  return createFirestoreStore({ namespace: 'paper', stamp, firestore });
}

/** Leaves the state of a local run in a folder, as `npm start -- --data` would at its end. */
export async function storeRun(folder: string, nowAt: number, symbols: readonly string[], write: (writer: Writer) => void): Promise<void> {
  const data = openDataFolder(folder);
  const server = await startFirestoreServer({ port: 0, dataFile: data.firestoreFile });
  const firestore = new Firestore({ projectId: PROJECT, host: server.host, ssl: false });
  await testStore(firestore).commit(write);
  await firestore.terminate();
  await server.close();
  data.save({ seed: '1', market: null, symbols: [...symbols], startAt: nowAt - 3_600_000, nowAt, boots: 1 });
}

/** Holds the data file as a run under way does, until `cleanUp` is disposed. */
export async function holdRun(cleanUp: AsyncDisposableStack, folder: string): Promise<void> {
  const server = await startFirestoreServer({ port: 0, dataFile: join(folder, 'firestore.sqlite') });
  cleanUp.defer(() => server.close());
}
