/**
 * From the text of the six files to one checked, frozen configuration. Every fault is collected: first of each file by
 * itself, then, once every file stands, of the files against each other.
 */
import { configFileName, configSection } from '../schema/config/engine-config.ts';
import type { EngineConfig } from '../schema/config/engine-config.ts';
import { ConfigError } from './config-error.ts';
import type { ConfigFault } from './config-error.ts';
import { crossFieldFaults } from './cross-field-rules.ts';
import { effectiveValues } from './effective-value.ts';
import type { EffectiveValue } from './effective-value.ts';
import type { CrossFieldRule } from './rules/contradiction.ts';
import { readShadowConfig } from './shadow-config.ts';
import { checkSchema } from './schema-check.ts';
import { readFiles } from './written-files.ts';

export type ConfigResult =
  | { readonly ok: true; readonly config: EngineConfig; readonly origins: readonly EffectiveValue[] }
  | { readonly ok: false; readonly faults: readonly ConfigFault[] };

/** `files` maps a file name such as `risk.json` to its text; `furtherRules` are checked with the cross-field rules. */
export function parseConfigFiles(
  files: Readonly<Record<string, string>>,
  furtherRules: readonly CrossFieldRule[] = [],
): ConfigResult {
  const { written, faults } = readFiles(files);
  const checked = checkSchema(written);
  if (!checked.ok) return { ok: false, faults: [...faults, ...checked.faults] };
  const { config } = checked;
  const allFaults = [...faults, ...crossFieldFaults(config, written, furtherRules)];
  if (allFaults.length > 0) return { ok: false, faults: allFaults };
  deepFreeze(config);
  return { ok: true, config, origins: effectiveValues(config, written) };
}

/** `readFile` answers null for a file that is not there. A shadow that breaks the same rules is a fault too, whether it runs or not. */
export function readConfig(readFile: (name: string) => string | null): ConfigResult {
  const texts = configSection.options.map(configFileName).flatMap((name) => {
    const text = readFile(name);
    return text === null ? [] : [[name, text] as const];
  });
  const result = parseConfigFiles(Object.fromEntries(texts));
  const shadow = result.ok ? readShadowConfig(readFile) : null;
  return shadow === null || shadow.ok ? result : { ok: false, faults: shadow.faults };
}

/** As `readConfig`; throws ConfigError with every fault. */
export function loadConfig(readFile: (name: string) => string | null): EngineConfig {
  const result = readConfig(readFile);
  if (!result.ok) throw new ConfigError(result.faults);
  return result.config;
}

/** Configuration is shared by everything that runs, so nothing may change it. */
function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  Object.values(value).forEach(deepFreeze);
  Object.freeze(value);
}
