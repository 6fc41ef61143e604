import type { KeyPath } from './config-path.ts';

/** The value at a path; undefined where there is none. */
export function valueAt(document: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>((value, key) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    return Reflect.get(value, key);
  }, document);
}
