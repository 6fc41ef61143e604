/** Proves by reading, not by trying: a write can only be granted by an `allow` of a write whose condition is not `false` itself. */
import { METHODS } from './rules.ts';
import type { Match, Method } from './rules.ts';

const READS: readonly Method[] = ['get', 'list'];

/** Path and method of each write that some request might be granted; empty proves that none ever is. */
export function openWrites(rules: Match, above = ''): readonly string[] {
  const path = `${above}/${rules.path.join('/')}`.replace(/^\/+/, '/');
  const here = rules.allows
    .filter(({ condition }) => !(condition.kind === 'literal' && condition.value === false))
    .flatMap(({ methods }) => METHODS.filter((method) => methods.includes(method) && !READS.includes(method)))
    .map((method) => `${method} ${path}`);
  return [...here, ...rules.matches.flatMap((inner) => openWrites(inner, path))];
}
