/** Transactions of the real client against the embedded Firestore: read a document, write it back, 16 at a time. */
import { join } from 'node:path';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { getFirestore } from 'firebase-admin/firestore';
import type { DocumentReference, Firestore } from 'firebase-admin/firestore';
import { startFirestoreServer } from '../../local/firestore/server.ts';
import { calibrationMs } from './calibration.ts';
import type { Figure } from './figure.ts';
import { withTemporaryFolder } from './temporary-folder.ts';

const PARALLEL = 16;
const WARM_UP_MS = 1000;
const MEASURED_MS = 4000;

/** Client and server share a process, as in `npm start`, and the server keeps its documents in a file. */
export function measureFirestore(): Promise<readonly Figure[]> {
  return withTemporaryFolder(async (folder) => {
    const loopMs = calibrationMs();
    const server = await startFirestoreServer({ port: 0, dataFile: join(folder, 'firestore.sqlite') });
    process.env['FIRESTORE_EMULATOR_HOST'] = server.host;
    const app = initializeApp({ projectId: 'demo-portcullis' });
    try {
      const { perSecond, perCpuSecond } = await transactionRates(getFirestore(app));
      return [
        {
          name: 'firestore_tx_per_s',
          value: perSecond,
          unit: '/s',
          bound: null,
          comparison: { ratio: (perSecond * loopMs) / 1000, to: 'a calibration loop' },
          judged: { by: 'ratio', better: 'more' },
          note: `read and write, ${PARALLEL} at a time on different documents, client and server in one process; ${Math.round(perCpuSecond)} a CPU second`,
        },
      ];
    } finally {
      await deleteApp(app);
      await server.close();
    }
  });
}

async function transactionRates(documents: Firestore): Promise<{ readonly perSecond: number; readonly perCpuSecond: number }> {
  const references = Array.from({ length: PARALLEL }, (_, index) => documents.collection('bench').doc(`counter-${index}`));
  const warmUp = await runFor(WARM_UP_MS, documents, references);
  const beganAt = performance.now();
  const cpuBefore = process.cpuUsage();
  const measured = await runFor(MEASURED_MS, documents, references);
  const seconds = (performance.now() - beganAt) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  const stored = await documents.getAll(...references);
  const counted = stored.reduce((sum, document) => sum + countIn(document), 0);
  if (counted !== warmUp + measured) throw new Error(`${warmUp + measured} transactions succeeded but the documents count ${counted}`);
  return { perSecond: measured / seconds, perCpuSecond: measured / ((user + system) / 1e6) };
}

/** Transactions that succeeded; the last of each worker may end a little after the time is up. */
async function runFor(ms: number, documents: Firestore, references: readonly DocumentReference[]): Promise<number> {
  const until = performance.now() + ms;
  const counts = await Promise.all(
    references.map(async (reference) => {
      let done = 0;
      for (; performance.now() < until; done += 1) await increment(documents, reference);
      return done;
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

function increment(documents: Firestore, reference: DocumentReference): Promise<void> {
  return documents.runTransaction(async (transaction) => {
    const count = countIn(await transaction.get(reference));
    transaction.set(reference, { count: count + 1 });
  });
}

function countIn(document: { get(field: string): unknown }): number {
  const count = document.get('count');
  return typeof count === 'number' ? count : 0;
}
