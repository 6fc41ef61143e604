/** The text of the config files as JSON that still knows where everything is written. */
import { configFileName, configSection } from '../schema/config/engine-config.ts';
import type { ConfigSection } from '../schema/config/engine-config.ts';
import type { ConfigFault, Position } from './config-error.ts';
import { keyPathText } from './config-path.ts';
import type { KeyPath } from './config-path.ts';
import { parseStrictJson } from './strict-json.ts';
import type { StrictJson } from './strict-json.ts';

export interface WrittenFile {
  readonly value: unknown;
  /** Line and column of every key and list entry, by its path as text. */
  readonly positions: ReadonlyMap<string, Position>;
}

/** A section is absent when its file is missing or is not JSON; the faults say so. */
export type WrittenFiles = ReadonlyMap<ConfigSection, WrittenFile>;

/** `files` maps a file name such as `risk.json` to its text. */
export function readFiles(files: Readonly<Record<string, string>>): { written: WrittenFiles; faults: ConfigFault[] } {
  const written = new Map<ConfigSection, WrittenFile>();
  const faults: ConfigFault[] = [];
  for (const section of configSection.options) {
    const file = configFileName(section);
    const text = files[file];
    if (text === undefined) {
      faults.push(wholeFile(file, 'missing', 'a file of that name in the config folder'));
      continue;
    }
    const json = parseStrictJson(text);
    if (json.kind === 'parsed') written.set(section, json);
    else faults.push(...jsonFaults(file, json));
  }
  const known = configSection.options.map(configFileName);
  const strangers = Object.keys(files).filter((file) => !known.includes(file));
  faults.push(...strangers.map((file) => wholeFile(file, 'nothing reads this file', known.join(', '))));
  return { written, faults };
}

export function faultAt(
  written: WrittenFiles,
  [section, ...path]: readonly [ConfigSection, ...KeyPath],
  problem: string,
  allowed: string,
): ConfigFault {
  const text = keyPathText(path);
  const at = written.get(section)?.positions.get(text) ?? null;
  return { file: configFileName(section), at, path: text, problem, allowed };
}

function wholeFile(file: string, problem: string, allowed: string): ConfigFault {
  return { file, at: null, path: '', problem, allowed };
}

export function jsonFaults(file: string, json: Exclude<StrictJson, { kind: 'parsed' }>): ConfigFault[] {
  if (json.kind === 'invalid') return [{ file, at: json.at, path: '', problem: 'not JSON', allowed: json.expected }];
  return json.duplicates.map(({ path, first, second }) => ({
    file,
    at: second,
    path,
    problem: `written twice, first at ${first.line}:${first.column}`,
    allowed: 'one of the two; delete the other',
  }));
}
