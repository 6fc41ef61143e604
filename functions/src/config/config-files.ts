/** The text of config/*.json and VERSION: embedded into the bundle, read from the checkout when run from source. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Put there by the build, file name to text. */
declare const PORTCULLIS_FILES: Readonly<Record<string, string>> | undefined;

/** Null for a file that is not there. */
export function configText(name: string): string | null {
  if (typeof PORTCULLIS_FILES !== 'undefined') return PORTCULLIS_FILES[name] ?? null;
  return readText(join(import.meta.dirname, '../../../config', name));
}

/** Throws when the VERSION file is missing or empty: a record without a version explains nothing. */
export function engineVersion(): string {
  const version = (typeof PORTCULLIS_FILES !== 'undefined' ? (PORTCULLIS_FILES['VERSION'] ?? '') : (readText(join(import.meta.dirname, '../../../VERSION')) ?? '')).trim();
  if (version === '') throw new Error('VERSION is missing or empty; it must hold the version, for example 0.1.0');
  return version;
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
