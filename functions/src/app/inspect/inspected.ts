import type { Store } from '../../ports/store.ts';
import type { EngineDeps } from '../engine-deps.ts';

/** What looking at the records takes. It can write nothing. */
export interface Inspected extends Pick<EngineDeps, 'clock' | 'config' | 'orderGate'> {
  readonly store: Pick<Store, 'get' | 'query'>;
  readonly engineVersion: string;
  readonly configHash: string;
}
