/** What the store keeps of a document at one time. Versions are immutable and are compared by identity. */
import type { MapValue, Reference } from '../values/value.ts';

/** Times are microseconds since 1970. */
export interface Document {
  readonly key: Reference;
  readonly fields: MapValue;
  readonly createTime: number;
  readonly updateTime: number;
}

/** The document did not exist from `updateTime` on. */
export interface Tombstone {
  readonly key: Reference;
  readonly fields: undefined;
  readonly updateTime: number;
}

export type Version = Document | Tombstone;

export function isDocument(version: Version | undefined): version is Document {
  return version?.fields !== undefined;
}
