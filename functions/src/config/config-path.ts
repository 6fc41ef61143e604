import { configFileName } from '../schema/config/engine-config.ts';
import type { ConfigSection } from '../schema/config/engine-config.ts';

/** Keys and array positions from the top of one file. */
export type KeyPath = readonly (string | number)[];

/** `strategies[0].sizing.minNotionalUsd` */
export function keyPathText(path: KeyPath): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? key : `${text}.${key}`;
  }, '');
}

/** `risk.json:perSymbol.BTCUSDT.maxLeverage`, the form that vetoes and clamps name their limit by. */
export function configPath(section: ConfigSection, ...path: KeyPath): string {
  return `${configFileName(section)}:${keyPathText(path)}`;
}
