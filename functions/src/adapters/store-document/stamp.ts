/**
 * What the store adds to every document: who wrote it, with which config and flags, in which run and when. Engine records
 * never see these fields.
 */
import type { Collection } from '../../schema/collection.ts';
import type { EpochMs } from '../../schema/scalars.ts';

/** What a store needs to know to stamp its documents; run and time are asked at every write. */
export interface Stamp {
  readonly engineVersion: string;
  readonly configHash: string;
  /** The feature flags that are on, or `none`, as one text: a map would cost every document an index entry per flag. */
  readonly flags: string;
  readonly runId: () => string;
  readonly now: () => EpochMs;
}

export interface StampFields {
  readonly schemaVersion: number;
  readonly engineVersion: string;
  readonly configHash: string;
  readonly flags: string;
  readonly runId: string;
  readonly updatedAt: EpochMs;
}

const STAMP_FIELDS: ReadonlySet<string> = new Set<keyof StampFields>([
  'schemaVersion',
  'engineVersion',
  'configHash',
  'flags',
  'runId',
  'updatedAt',
]);

export const isStampField = (field: string): boolean => STAMP_FIELDS.has(field);

export function stampFor(stamp: Stamp, collection: Collection<unknown>): StampFields {
  return {
    schemaVersion: collection.schemaVersion,
    engineVersion: stamp.engineVersion,
    configHash: stamp.configHash,
    flags: stamp.flags,
    runId: stamp.runId(),
    updatedAt: stamp.now(),
  };
}

export function withoutStamp(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([field]) => !isStampField(field)));
}
