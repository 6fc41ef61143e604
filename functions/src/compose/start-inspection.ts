import type { EngineDeps } from '../app/engine-deps.ts';
import { writeGate } from '../config/write-gate.ts';
import type { StampOf } from '../ports/stamps.ts';
import type { Store } from '../ports/store.ts';
import type { Venue } from '../ports/venue.ts';
import { firestore } from './firebase.ts';
import { host } from './host.ts';
import { openStore, readSecondKey } from './open-store.ts';
import { openVenue } from './open-venue.ts';
import { VENUE_NAME, engineConfig, environment, hash, limits, version } from './settings.ts';

/** What a command looks at. It can write nothing: neither records nor, with the venue's reads alone, orders. */
export interface Inspection extends Pick<EngineDeps, 'clock' | 'config' | 'limits' | 'venueName' | 'orderGate'> {
  readonly store: Pick<Store, 'get' | 'query'>;
  readonly engineVersion: string;
  readonly configHash: string;
  readonly stampOf: StampOf;
  readonly openVenue: (credentials: () => unknown) => Promise<Pick<Venue, 'quotes' | 'marks' | 'books' | 'candles'>>;
}

export async function startInspection(): Promise<Inspection> {
  const store = await openStore(host().newRunId());
  const gate = writeGate(environment(), await readSecondKey(store));
  return {
    store,
    clock: host().clock,
    config: engineConfig(),
    limits: limits(),
    venueName: VENUE_NAME,
    orderGate: gate.orders,
    engineVersion: version(),
    configHash: hash(),
    stampOf: async (collection, id) => {
      const { stampsIn } = await import('../adapters/store-firestore/read-stamp.ts');
      return stampsIn(await firestore(), environment().namespace)(collection, id);
    },
    openVenue: (credentials) => openVenue(credentials, { ...gate, state: { kind: 'closed', reason: 'an inspection writes nothing' } }, store),
  };
}
