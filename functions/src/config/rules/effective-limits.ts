/** The limit that binds a symbol, and where it is written. */
import type { EngineConfig } from '../../schema/config/engine-config.ts';
import type { StrategyConfig } from '../../schema/config/strategies-config.ts';
import { limitAt } from './contradiction.ts';
import type { Limit } from './contradiction.ts';

/** The lowest of the general limit, the symbol's own and the universe's. */
export function leverageLimit({ risk, universe }: EngineConfig, symbol: string): Limit {
  const own = risk.perSymbol[symbol]?.maxLeverage ?? null;
  const index = universe.symbols.findIndex((entry) => entry.symbol === symbol);
  const entry = universe.symbols[index];
  const limits = [limitAt(risk.maxLeverage, 'risk', 'maxLeverage')];
  if (own !== null) limits.push(limitAt(own, 'risk', 'perSymbol', symbol, 'maxLeverage'));
  if (entry !== undefined) limits.push(limitAt(entry.maxLeverage, 'universe', 'symbols', index, 'maxLeverage'));
  return limits.reduce((lowest, limit) => (limit.value < lowest.value ? limit : lowest));
}

/** The smallest entry the gate lets through, in US dollars. */
export function notionalFloor({ risk }: EngineConfig, symbol: string): Limit {
  const own = risk.perSymbol[symbol]?.minNotionalUsd ?? null;
  const general = limitAt(risk.minNotionalUsd, 'risk', 'minNotionalUsd');
  if (own === null || own < general.value) return general;
  return limitAt(own, 'risk', 'perSymbol', symbol, 'minNotionalUsd');
}

/** The symbols a strategy trades; "all" means the enabled ones. */
export function symbolsOf({ universe }: EngineConfig, strategy: StrategyConfig): readonly string[] {
  if (strategy.symbols !== 'all') return strategy.symbols;
  return universe.symbols.filter(({ enabled }) => enabled).map(({ symbol }) => symbol);
}
