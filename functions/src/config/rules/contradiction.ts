import type { ConfigSection, EngineConfig } from '../../schema/config/engine-config.ts';
import { configPath } from '../config-path.ts';
import type { KeyPath } from '../config-path.ts';

export type ValuePlace = readonly [ConfigSection, ...KeyPath];

/** A value that its own schema accepts but another value rules out. */
export interface Contradiction {
  readonly at: ValuePlace;
  /** What would be accepted, naming the other value with its place. */
  readonly allowed: string;
}

/** Looks at the whole configuration; an empty answer means that its rule holds. */
export type CrossFieldRule = (config: EngineConfig) => readonly Contradiction[];

/** The value that rules another one out, and where it is written. */
export interface Limit {
  readonly value: number;
  readonly configPath: string;
}

export const limitAt = (value: number, ...place: ValuePlace): Limit => ({ value, configPath: configPath(...place) });

/** `3, set in risk.json:maxLeverage` */
export const limitText = (limit: Limit): string => `${limit.value}, set in ${limit.configPath}`;

export const atMost = (at: ValuePlace, value: number, limit: Limit): Contradiction[] =>
  value <= limit.value ? [] : [{ at, allowed: `at most ${limitText(limit)}` }];

export const atLeast = (at: ValuePlace, value: number, limit: Limit): Contradiction[] =>
  value >= limit.value ? [] : [{ at, allowed: `at least ${limitText(limit)}` }];

export const below = (at: ValuePlace, value: number, limit: Limit): Contradiction[] =>
  value < limit.value ? [] : [{ at, allowed: `below ${limitText(limit)}` }];

/** One line when something that has to hold does not. */
export const unless = (holds: boolean, at: ValuePlace, allowed: string): Contradiction[] => (holds ? [] : [{ at, allowed }]);
