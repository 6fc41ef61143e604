/** What is recorded of the stops. A damaged record is taken for missing, and keeps no position from its stops. */
import { CorruptRecordError } from '../../ports/store.ts';
import type { Doc, Store } from '../../ports/store.ts';
import type { Stored } from '../../domain/learning/learned.ts';
import { PROTECTIONS } from '../../schema/records/protection.ts';
import type { ProtectionRecord } from '../../schema/records/protection.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { readStored } from '../read-stored.ts';

/** More positions than any account of ours holds. */
const RECORDS_AT_ONCE = 200;

export interface RecordedProtections {
  /** By position; of closed ones too, unless any record is damaged. */
  readonly recorded: ReadonlyMap<string, ProtectionRecord>;
  /** Positions whose record was found damaged, which may be closed ones. */
  readonly damaged: ReadonlySet<string>;
}

/** All records, or the error that one of them is damaged. */
export async function queryProtections(store: Store): Promise<readonly Doc<ProtectionRecord>[] | CorruptRecordError> {
  try {
    return await store.query({ collection: PROTECTIONS, where: [], limit: RECORDS_AT_ONCE });
  } catch (error) {
    if (error instanceof CorruptRecordError) return error;
    throw error;
  }
}

/** A query that meets a damaged record answers none: those of the open positions are read by their ids instead. */
export async function recordedProtections({ store, log }: Pick<EngineDeps, 'store' | 'log'>, queried: readonly Doc<ProtectionRecord>[] | CorruptRecordError, { exposures }: RiskState): Promise<RecordedProtections> {
  if (!(queried instanceof CorruptRecordError)) return { recorded: new Map(queried.map(({ id, data }) => [id, data])), damaged: new Set() };
  const recorded = new Map<string, ProtectionRecord>();
  const damaged = new Set([queried.path.slice(queried.path.lastIndexOf('/') + 1)]);
  for (const [key, stored] of await storedProtections(store, Object.keys(exposures))) {
    if (stored === 'corrupt') damaged.add(key);
    else if (stored !== null) recorded.set(key, stored);
  }
  for (const key of damaged) log.recordUnreadable(`${PROTECTIONS.name}/${key}`, 'taken for missing: the stops are looked after without it');
  return { recorded, damaged };
}

/** These records in one batch; one by one only where one of them is damaged. */
export async function storedProtections(store: Pick<Store, 'get'>, keys: readonly string[]): Promise<ReadonlyMap<string, Stored<ProtectionRecord>>> {
  try {
    const got = await store.get(Object.fromEntries(keys.map((key) => [key, { collection: PROTECTIONS, id: key }])));
    return new Map(keys.map((key) => [key, got[key] ?? null]));
  } catch (error) {
    if (!(error instanceof CorruptRecordError)) throw error;
    const stored = new Map<string, Stored<ProtectionRecord>>();
    for (const key of keys) stored.set(key, await readStored(store, PROTECTIONS, key));
    return stored;
  }
}
