import type { SecondKey } from '../config/write-gate.ts';
import type { Store } from '../ports/store.ts';
import { flagsText } from '../schema/feature-flags.ts';
import { WRITE_GATE, WRITE_GATE_ID } from '../schema/records/write-gate.ts';
import { firestore } from './firebase.ts';
import { host } from './host.ts';
import { environment, hash, version } from './settings.ts';

/** A store is cheap, the client behind it is not: each run has its own, so that its documents carry its run id. */
export async function openStore(runId: string): Promise<Store> {
  const { inProcess } = host();
  if (inProcess !== null) return inProcess.store;
  const { createFirestoreStore } = await import('../adapters/store-firestore/firestore-store.ts');
  const stamp = { engineVersion: version(), configHash: hash(), flags: flagsText(environment().flags), runId: () => runId, now: () => host().clock.now() };
  return createFirestoreStore({ namespace: environment().namespace, stamp, firestore: await firestore() });
}

/** Only production has a second key, so only there is a document read for it. */
export async function readSecondKey(documents: Store): Promise<SecondKey> {
  if (environment().tradingEnv !== 'prod') return { kind: 'absent' };
  try {
    const { control } = await documents.get({ control: { collection: WRITE_GATE, id: WRITE_GATE_ID } });
    return control === null ? { kind: 'absent' } : { kind: 'found', projectId: control.projectId };
  } catch (error) {
    return { kind: 'unavailable', cause: error instanceof Error ? error.message : String(error) };
  }
}
