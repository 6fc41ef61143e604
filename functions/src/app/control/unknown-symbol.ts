import type { UniverseConfig } from '../../schema/config/universe-config.ts';
import { refused } from '../requests/refusal.ts';
import type { Refusal } from '../requests/refusal.ts';

/** Null for a symbol that universe.json has. */
export function unknownSymbol({ symbols }: UniverseConfig, asked: string): Refusal | null {
  const names = symbols.map(({ symbol }) => symbol);
  return names.includes(asked) ? null : refused('not_found', `${asked} is not a symbol of universe.json`, `use one of ${names.join(', ')}`);
}
