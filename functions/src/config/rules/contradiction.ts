import type { ConfigSection, EngineConfig } from '../../schema/config/engine-config.ts';
import type { KeyPath } from '../config-path.ts';

/** A value that its own schema accepts but another value rules out. */
export interface Contradiction {
  readonly at: readonly [ConfigSection, ...KeyPath];
  /** What would be accepted, naming the other value with its place. */
  readonly allowed: string;
}

/** Looks at the whole configuration; an empty answer means that its rule holds. */
export type CrossFieldRule = (config: EngineConfig) => readonly Contradiction[];
