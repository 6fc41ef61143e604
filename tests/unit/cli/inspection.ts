import { createMemoryStore } from '../../../functions/src/adapters/store-memory/memory-store.ts';
import type { MemoryStore } from '../../../functions/src/adapters/store-memory/memory-store.ts';
import type { Inspection } from '../../../functions/src/compose/start-inspection.ts';
import { compileLimits } from '../../../functions/src/domain/risk/compile-limits.ts';
import type { EngineConfig } from '../../../functions/src/schema/config/engine-config.ts';
import { edited, parsed } from '../config/config-files.ts';
import type { Edit } from '../config/config-files.ts';
import { NOW } from '../domain/risk/scenario.ts';

export const PLACE = 'the test store';

/** What a command is given, on an empty store in memory at the scenario's time and the shipped settings with edits. */
export function anInspection(...edits: readonly Edit[]): { readonly inspection: Inspection; readonly store: MemoryStore } {
  const config: EngineConfig = parsed(edited(...edits));
  const stamp = { engineVersion: '0.0.0', configHash: 'none', flags: 'none', runId: () => 'test', now: () => NOW };
  const store = createMemoryStore({ namespace: 'paper', stamp });
  const inspection: Inspection = {
    store,
    clock: { now: () => NOW, sleep: () => Promise.resolve() },
    config,
    limits: compileLimits(config),
    venueName: 'binance-usdm',
    orderGate: { kind: 'open' },
    engineVersion: '1.2.3',
    configHash: 'abcd',
    stampOf: ({ name }, id) => Promise.resolve(store.dump().has(`hedge/paper/${name}/${id}`) ? { engineVersion: '1.2.3', configHash: 'abcd', updatedAt: NOW } : null),
    openVenue: () => Promise.reject(new Error('this command has no venue')),
  };
  return { inspection, store };
}

/** A view of records that are there. */
export function known<T>(view: T | null): T {
  if (view === null) throw new Error('there are no records');
  return view;
}
