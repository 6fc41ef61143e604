import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfig } from '../../functions/src/config/load-config.ts';
import { SHADOW_FOLDER } from '../../functions/src/config/shadow-config.ts';
import { inRepository } from './repository.ts';

export interface EmbeddedFiles {
  /** As VERSION has it, without the line end. */
  readonly version: string;
  /** File name to text, VERSION included: what the bundle finds as PORTCULLIS_FILES. */
  readonly texts: Readonly<Record<string, string>>;
}

/**
 * What the bundle carries of the checkout, so that what was checked is what runs. Throws ConfigError with every fault
 * of the configuration, and Error when VERSION is not a version.
 */
export async function embeddedFiles(configDir: string): Promise<EmbeddedFiles> {
  const names = (await readdir(configDir, { recursive: true })).filter((name) => isConfig(name)).toSorted();
  const config = await Promise.all(names.map(async (name) => [name, await readFile(join(configDir, name), 'utf8')] as const));
  const texts = Object.fromEntries(config);
  loadConfig((name) => texts[name] ?? null);
  const version = (await readFile(inRepository('VERSION'), 'utf8')).trim();
  if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) throw new Error(`VERSION is ${JSON.stringify(version)}; it must hold a version such as 0.1.0.`);
  return { version, texts: { ...texts, VERSION: version } };
}

/** Of the folder itself and of its shadow; schemas are for editors. */
const isConfig = (name: string): boolean => name.endsWith('.json') && (!name.includes('/') || name.startsWith(SHADOW_FOLDER));
