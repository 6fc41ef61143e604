/** The shipped configuration with edits: the shortest way to a file with one fault in it. */
import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { ConfigError, faultText } from '../../../functions/src/config/config-error.ts';
import { parseConfigFiles } from '../../../functions/src/config/load-config.ts';
import { configFileName, configSection } from '../../../functions/src/schema/config/engine-config.ts';
import type { EngineConfig } from '../../../functions/src/schema/config/engine-config.ts';

export type Files = Readonly<Record<string, string>>;
export type Json = z.infer<ReturnType<typeof z.json>>;

export const shippedFiles: Files = Object.fromEntries(
  configSection.options
    .map(configFileName)
    .map((name) => [name, readFileSync(new URL(`../../../config/${name}`, import.meta.url), 'utf8')]),
);

/** One value in one file: `set` replaces or adds it, `unset` takes it out. */
export type Edit =
  | { readonly file: string; readonly path: readonly (string | number)[]; readonly set: Json }
  | { readonly file: string; readonly path: readonly (string | number)[]; readonly unset: true };

export const set = (file: string, path: readonly (string | number)[], value: Json): Edit => ({ file, path, set: value });
export const unset = (file: string, path: readonly (string | number)[]): Edit => ({ file, path, unset: true });

export function edited(...edits: readonly Edit[]): Files {
  return edits.reduce<Files>((files, edit) => {
    const text = files[edit.file];
    if (text === undefined) throw new Error(`no file ${edit.file}`);
    const document: unknown = JSON.parse(text);
    apply(document, edit);
    return { ...files, [edit.file]: JSON.stringify(document) };
  }, shippedFiles);
}

function apply(document: unknown, edit: Edit): void {
  const parent = edit.path.slice(0, -1).reduce((value, key) => blockOf(Reflect.get(blockOf(value), key)), blockOf(document));
  const key = edit.path.at(-1) ?? '';
  if ('unset' in edit) Reflect.deleteProperty(parent, key);
  else Reflect.set(parent, key, edit.set);
}

function blockOf(value: unknown): object {
  if (typeof value !== 'object' || value === null) throw new Error('the path of an edit leads nowhere');
  return value;
}

/** The lines a person would see; none when the files are accepted. */
export function faultLines(files: Files): string[] {
  const result = parseConfigFiles(files);
  return result.ok ? [] : result.faults.map(faultText);
}

/** The same without line and column, for files that were written by `edited`. */
export const faultLinesUnplaced = (files: Files): string[] =>
  faultLines(files).map((line) => line.replace(/^(\w+\.json):\d+:\d+/, '$1'));

export function parsed(files: Files): EngineConfig {
  const result = parseConfigFiles(files);
  if (!result.ok) throw new ConfigError(result.faults);
  return result.config;
}
