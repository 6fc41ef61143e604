import type { UniverseConfig, UniverseSymbol } from '../schema/config/universe-config.ts';
import { OperatorError } from './operator-error.ts';

/** The symbol's entry in the universe. Throws OperatorError for one that universe.json does not have. */
export function knownSymbol({ symbols }: UniverseConfig, typed: string): UniverseSymbol {
  const entry = symbols.find(({ symbol }) => symbol === typed);
  if (entry !== undefined) return entry;
  const names = symbols.map(({ symbol }) => symbol);
  throw new OperatorError(`symbol ${JSON.stringify(typed)} is not in universe.json; allowed: ${names.join(', ')}`);
}
