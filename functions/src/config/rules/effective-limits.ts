/** The limit that binds a symbol, and where it is written: its own where it has one, the general one otherwise. */
import type { EngineConfig } from '../../schema/config/engine-config.ts';
import type { StrategyConfig } from '../../schema/config/strategies-config.ts';
import { configPath } from '../config-path.ts';

export interface Limit {
  readonly value: number;
  readonly configPath: string;
}

export function leverageLimit({ risk, universe }: EngineConfig, symbol: string): Limit {
  const own = risk.perSymbol[symbol]?.maxLeverage ?? null;
  const index = universe.symbols.findIndex((entry) => entry.symbol === symbol);
  const entry = universe.symbols[index];
  const limits: Limit[] = [{ value: risk.maxLeverage, configPath: configPath('risk', 'maxLeverage') }];
  if (own !== null) limits.push({ value: own, configPath: configPath('risk', 'perSymbol', symbol, 'maxLeverage') });
  if (entry !== undefined) limits.push({ value: entry.maxLeverage, configPath: configPath('universe', 'symbols', index, 'maxLeverage') });
  return limits.reduce((lowest, limit) => (limit.value < lowest.value ? limit : lowest));
}

/** The smallest entry the gate lets through, in US dollars. */
export function notionalFloor({ risk }: EngineConfig, symbol: string): Limit {
  const own = risk.perSymbol[symbol]?.minNotionalUsd ?? null;
  const general = { value: risk.minNotionalUsd, configPath: configPath('risk', 'minNotionalUsd') };
  if (own === null || own < general.value) return general;
  return { value: own, configPath: configPath('risk', 'perSymbol', symbol, 'minNotionalUsd') };
}

/** The symbols a strategy trades; "all" means the enabled ones. */
export function symbolsOf({ universe }: EngineConfig, strategy: StrategyConfig): readonly string[] {
  if (strategy.symbols !== 'all') return strategy.symbols;
  return universe.symbols.filter(({ enabled }) => enabled).map(({ symbol }) => symbol);
}

/** `3, set in risk.json:maxLeverage` */
export const limitText = ({ value, configPath: path }: Limit): string => `${value}, set in ${path}`;
