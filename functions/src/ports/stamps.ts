import type { Collection } from '../schema/collection.ts';
import type { EpochMs } from '../schema/scalars.ts';

/** Who wrote a record: the engine's version and settings at that time. Engine records themselves never see it. */
export interface RecordStamp {
  readonly engineVersion: string;
  readonly configHash: string;
  readonly updatedAt: EpochMs;
}

/** Null when there is no such record. */
export type StampOf = (collection: Collection<unknown>, id: string) => Promise<RecordStamp | null>;
