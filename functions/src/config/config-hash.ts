import { createHash } from 'node:crypto';
import type { EngineConfig } from '../schema/config/engine-config.ts';

const HASH_LENGTH = 16;

/**
 * Names a configuration on every record it shaped: two configurations with the same values have the same hash, whatever
 * the order of their keys and whether a value was written or is a default.
 */
export function configHash(config: EngineConfig): string {
  return createHash('sha256').update(canonicalJson(config)).digest('hex').slice(0, HASH_LENGTH);
}

/** JSON with the keys of every object in code-unit order. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, nested: unknown) => {
    if (typeof nested !== 'object' || nested === null || Array.isArray(nested)) return nested;
    return Object.fromEntries(Object.entries(nested).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}
