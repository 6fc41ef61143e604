import type { ExternalStrategy } from '../../schema/config/strategies-config.ts';
import type { EngineConfig } from '../../schema/config/engine-config.ts';
import type { SignalRequest } from '../../schema/requests/signal-request.ts';
import { refused } from '../requests/refusal.ts';
import type { Refusal } from '../requests/refusal.ts';

export type Found = { readonly kind: 'strategy'; readonly strategy: ExternalStrategy } | Refusal;

/**
 * The strategy that the signal names, if this key may speak for it. Who may not learns only that. What config says of entries
 * holds back no exit: it is how a position is closed that a strategy still holds.
 */
export function strategyOf({ strategies, universe }: EngineConfig, keyId: string, { strategy: name, symbol, action, strength }: SignalRequest): Found {
  const strategy = strategies.strategies.find((one) => one.name === name);
  if (strategy?.kind !== 'external' || !strategy.params.keys.includes(keyId)) {
    return refused('forbidden', `key ${keyId} may not signal for strategy ${name}`, 'name the key in the params.keys of an external strategy of strategies.json');
  }
  if (action === 'exit') return { kind: 'strategy', strategy };
  if (!strategy.enabled) return refused('not_found', `strategy ${name} is not enabled`, `set enabled of ${name} in strategies.json`);
  const enabled = universe.symbols.filter((entry) => entry.enabled).map((entry) => entry.symbol);
  const symbols = strategy.symbols === 'all' ? enabled : strategy.symbols.filter((one) => enabled.includes(one));
  if (!symbols.includes(symbol)) return refused('not_found', `strategy ${name} does not trade ${symbol}`, `use one of ${symbols.join(', ')}, or change its symbols in strategies.json`);
  const { maxStrength } = strategy.params;
  if (strength > maxStrength) return refused('invalid_body', `strength ${strength} is above ${maxStrength}`, `send at most ${maxStrength}, or raise params.maxStrength of ${name} in strategies.json`);
  return { kind: 'strategy', strategy };
}
