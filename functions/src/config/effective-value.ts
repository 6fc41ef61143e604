import { configFileName, configSection } from '../schema/config/engine-config.ts';
import type { EngineConfig } from '../schema/config/engine-config.ts';
import { configPath, keyPathText } from './config-path.ts';
import type { KeyPath } from './config-path.ts';
import type { WrittenFiles } from './written-files.ts';

/** One setting as the engine uses it, and where it comes from. */
export interface EffectiveValue {
  /** For example `risk.json:burstLimit.maxOrders`. */
  readonly configPath: string;
  readonly value: string | number | boolean | null | readonly unknown[];
  /** `default`, or the line it is written at, for example `risk.json:4`. */
  readonly origin: string;
}

/** Every value of every file, in the order of the schemas. */
export function effectiveValues(config: EngineConfig, written: WrittenFiles): EffectiveValue[] {
  return configSection.options.flatMap((section) =>
    leaves(config[section], []).map(({ path, value }) => {
      const at = written.get(section)?.positions.get(keyPathText(path));
      return {
        configPath: configPath(section, ...path),
        value,
        origin: at === undefined ? 'default' : `${configFileName(section)}:${at.line}`,
      };
    }),
  );
}

interface Leaf {
  readonly path: KeyPath;
  readonly value: EffectiveValue['value'];
}

/** Blocks and lists of blocks are walked; a list of plain values is one value. */
function leaves(value: unknown, path: KeyPath): Leaf[] {
  if (Array.isArray(value)) {
    const elements: readonly unknown[] = value;
    if (elements.every((element) => typeof element !== 'object')) return [{ path, value: elements }];
    return elements.flatMap((element, index) => leaves(element, [...path, index]));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, nested]: [string, unknown]) => leaves(nested, [...path, key]));
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null) {
    return [{ path, value }];
  }
  return [];
}
