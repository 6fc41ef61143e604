import type { StrategyConfig } from '../../schema/config/strategies-config.ts';
import type { UniverseConfig } from '../../schema/config/universe-config.ts';

/** Why config lets the strategy enter nothing in the symbol; null where it may. What it holds there it closes all the same. */
export function entryBar({ enabled, symbols }: Pick<StrategyConfig, 'enabled' | 'symbols'>, universe: UniverseConfig, symbol: string): string | null {
  if (!enabled) return 'the strategy is not enabled';
  if (symbols !== 'all' && !symbols.includes(symbol)) return 'the strategy does not trade the symbol';
  return universe.symbols.some((entry) => entry.symbol === symbol && entry.enabled) ? null : 'the symbol is not enabled in the universe';
}
