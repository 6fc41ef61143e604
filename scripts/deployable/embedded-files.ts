import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfig } from '../../functions/src/config/load-config.ts';
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
  const names = (await readdir(configDir)).filter((name) => name.endsWith('.json')).toSorted();
  const config = await Promise.all(names.map(async (name) => [name, await readFile(join(configDir, name), 'utf8')] as const));
  const texts = Object.fromEntries(config);
  loadConfig((name) => texts[name] ?? null);
  const version = (await readFile(inRepository('VERSION'), 'utf8')).trim();
  if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) throw new Error(`VERSION is ${JSON.stringify(version)}; it must hold a version such as 0.1.0.`);
  return { version, texts: { ...texts, VERSION: version } };
}
