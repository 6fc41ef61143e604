/**
 * The shadow configuration: files of config/shadow lay their values over those of the same name. Blocks are laid over key
 * by key; a list or a value takes the place of the whole one. The result is checked as the configuration itself is.
 */
import { configFileName, configSection } from '../schema/config/engine-config.ts';
import type { EngineConfig } from '../schema/config/engine-config.ts';
import { ConfigError, refusedText } from './config-error.ts';
import type { ConfigFault } from './config-error.ts';
import { crossFieldFaults } from './cross-field-rules.ts';
import { checkSchema } from './schema-check.ts';
import { parseStrictJson } from './strict-json.ts';
import { readFiles } from './written-files.ts';
import type { WrittenFile, WrittenFiles } from './written-files.ts';
import { jsonFaults } from './written-files.ts';

export const SHADOW_FOLDER = 'shadow/';

export type ShadowResult =
  /** Null when there is no file to lay over. */
  | { readonly ok: true; readonly config: EngineConfig | null }
  | { readonly ok: false; readonly faults: readonly ConfigFault[] };

/** `readFile` answers null for a file that is not there; the files of config themselves are taken as checked. */
export function readShadowConfig(readFile: (name: string) => string | null): ShadowResult {
  const faults: ConfigFault[] = [];
  const over = new Map<string, WrittenFile>();
  for (const file of configSection.options.map(configFileName)) {
    const text = readFile(`${SHADOW_FOLDER}${file}`);
    if (text === null) continue;
    const json = parseStrictJson(text);
    if (json.kind === 'parsed') over.set(file, json);
    else faults.push(...jsonFaults(file, json));
  }
  if (faults.length > 0) return { ok: false, faults: faults.map(inShadow) };
  if (over.size === 0) return { ok: true, config: null };
  return checked(merged(readFile, over));
}

/** As `readShadowConfig`; throws ConfigError with every fault, and when there is nothing to lay over. */
export function loadShadowConfig(readFile: (name: string) => string | null, wantedBy: readonly string[]): EngineConfig {
  const result = readShadowConfig(readFile);
  if (!result.ok) throw new ConfigError(result.faults);
  if (result.config !== null) return result.config;
  const allowed = 'off, or at least one file in config/shadow with the values to try, such as config/shadow/risk.json';
  throw new ConfigError(wantedBy.map((variable) => ({ file: 'environment', at: null, path: variable, problem: refusedText('on'), allowed })));
}

/** Positions are those of the shadow files: what is at fault there has to be put right there. */
function merged(readFile: (name: string) => string | null, over: ReadonlyMap<string, WrittenFile>): WrittenFiles {
  const texts = configSection.options.map(configFileName).flatMap((file) => {
    const text = readFile(file);
    return text === null ? [] : [[file, text] as const];
  });
  const { written } = readFiles(Object.fromEntries(texts));
  return new Map(
    [...written].map(([section, { value }]) => {
      const shadow = over.get(configFileName(section));
      return [section, shadow === undefined ? { value, positions: new Map() } : { value: laidOver(value, shadow.value), positions: shadow.positions }];
    }),
  );
}

function laidOver(under: unknown, over: unknown): unknown {
  if (!isBlock(under) || !isBlock(over)) return over;
  return { ...under, ...Object.fromEntries(Object.entries(over).map(([key, value]) => [key, laidOver(under[key], value)])) };
}

const isBlock = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

function checked(written: WrittenFiles): ShadowResult {
  const result = checkSchema(written);
  if (!result.ok) return { ok: false, faults: result.faults.map(inShadow) };
  const faults = crossFieldFaults(result.config, written, []);
  return faults.length === 0 ? { ok: true, config: result.config } : { ok: false, faults: faults.map(inShadow) };
}

const inShadow = (fault: ConfigFault): ConfigFault => ({ ...fault, file: `${SHADOW_FOLDER}${fault.file}` });
