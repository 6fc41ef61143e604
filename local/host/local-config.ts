/** The shipped configuration narrowed to the symbols of a run. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../functions/src/config/load-config.ts';
import { OptionError } from '../options.ts';

const CONFIG_DIR = join(import.meta.dirname, '../../config');

export type ConfigText = (name: string) => string | null;

const shipped: ConfigText = (name) => {
  try {
    return readFileSync(join(CONFIG_DIR, name), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
};

/** Throws ConfigError when the shipped files are at fault, OptionError for a symbol they do not have. */
export function localConfig(symbols: readonly string[] | null): { readonly text: ConfigText; readonly symbols: readonly string[] } {
  const config = loadConfig(shipped);
  const known = config.universe.symbols.filter((entry) => entry.enabled).map((entry) => entry.symbol);
  if (symbols === null) return { text: shipped, symbols: known };
  const unknown = symbols.find((symbol) => !known.includes(symbol));
  if (unknown !== undefined) throw new OptionError(`--symbols: ${unknown} is not an enabled symbol of config/universe.json (${known.join(', ')}); add it there with its tier and limits`);
  const universe = { symbols: config.universe.symbols.map((entry) => ({ ...entry, enabled: symbols.includes(entry.symbol) })) };
  return { symbols, text: (name) => (name === 'universe.json' ? JSON.stringify(universe) : shipped(name)) };
}
