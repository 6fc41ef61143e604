/** The files against their schemas: the configuration, or every fault as a line a person can act on. */
import { z } from 'zod';
import { configSection, engineConfig } from '../schema/config/engine-config.ts';
import type { EngineConfig } from '../schema/config/engine-config.ts';
import { refusedText, withoutRepeats } from './config-error.ts';
import type { ConfigFault } from './config-error.ts';
import { keyPathText } from './config-path.ts';
import type { KeyPath } from './config-path.ts';
import { nearestWord } from './nearest-word.ts';
import { valueAt } from './value-at.ts';
import { faultAt } from './written-files.ts';
import type { WrittenFiles } from './written-files.ts';

export type SchemaResult =
  | { readonly ok: true; readonly config: EngineConfig }
  | { readonly ok: false; readonly faults: readonly ConfigFault[] };

/** Sections that are not in `written` are taken as reported already. */
export function checkSchema(written: WrittenFiles): SchemaResult {
  const document = Object.fromEntries([...written].map(([section, { value }]) => [section, value]));
  const knownKeys: KnownKeys = new Map();
  const result = engineConfig.safeParse(document, {
    error: (issue) => {
      if (issue.code === 'unrecognized_keys' && issue.inst instanceof z.ZodObject) {
        knownKeys.set(keyPathText(keysOf(issue.path ?? [])), Object.keys(issue.inst.shape));
      }
      return allowedText(issue);
    },
  });
  if (result.success) return { ok: true, config: result.data };
  const faults = result.error.issues.flatMap((issue) => faultsOf(issue, written, knownKeys));
  return { ok: false, faults: withoutRepeats(faults) };
}

type KnownKeys = Map<string, readonly string[]>;

function faultsOf(issue: z.core.$ZodIssue, written: WrittenFiles, knownKeys: KnownKeys): ConfigFault[] {
  const [first, ...path] = keysOf(issue.path);
  const section = configSection.parse(first);
  const file = written.get(section);
  if (file === undefined) return [];
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys.get(keyPathText([section, ...path])) ?? [];
    return issue.keys.map((key) => faultAt(written, [section, ...path, key], 'unknown key', knownKeyText(key, known)));
  }
  if (issue.code === 'invalid_key') {
    const allowed = issue.issues.map(({ message }) => message).join(', ');
    return [faultAt(written, [section, ...path], 'this key is refused', allowed)];
  }
  return [faultAt(written, [section, ...path], refusedText(valueAt(file.value, path)), issue.message)];
}

/** What is accepted, for the issues whose schema brings no text of its own. */
function allowedText(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type') return TYPE_TEXTS[issue.expected] ?? `a ${issue.expected}`;
  if (issue.code === 'invalid_value') return `one of ${issue.values.map(String).join(', ')}`;
  return undefined;
}

const TYPE_TEXTS: Readonly<Record<string, string>> = {
  object: 'a block in { }',
  record: 'a block in { }',
  array: 'a list in [ ]',
  string: 'text in double quotes',
};

function knownKeyText(key: string, known: readonly string[]): string {
  const nearest = nearestWord(key, known);
  return nearest === null ? known.join(', ') : `${nearest}, which is probably meant`;
}

function keysOf(path: readonly PropertyKey[]): KeyPath {
  return path.map((key) => (typeof key === 'symbol' ? String(key) : key));
}
