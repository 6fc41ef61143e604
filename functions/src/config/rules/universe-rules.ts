import { configPath } from '../config-path.ts';
import type { CrossFieldRule } from './contradiction.ts';

export const symbolsAreListedOnce: CrossFieldRule = ({ universe }) =>
  universe.symbols.flatMap(({ symbol }, index) => {
    const first = universe.symbols.findIndex((entry) => entry.symbol === symbol);
    if (first === index) return [];
    return [{ at: ['universe', 'symbols', index, 'symbol'], allowed: `a symbol not listed before; this one is at ${configPath('universe', 'symbols', first)}` }];
  });

export const tiersExist: CrossFieldRule = ({ risk, universe }) =>
  universe.symbols.flatMap(({ tier }, index) =>
    Object.hasOwn(risk.tiers, tier)
      ? []
      : [{ at: ['universe', 'symbols', index, 'tier'], allowed: `a tier of ${configPath('risk', 'tiers')}: ${Object.keys(risk.tiers).join(', ')}` }],
  );

export const symbolsHaveLimits: CrossFieldRule = ({ risk, universe }) =>
  universe.symbols.flatMap(({ symbol }, index) =>
    Object.hasOwn(risk.perSymbol, symbol)
      ? []
      : [{ at: ['universe', 'symbols', index, 'symbol'], allowed: `a symbol with limits in ${configPath('risk', 'perSymbol')}; add them there, {} for no limits of its own` }],
  );

export const limitsHaveSymbols: CrossFieldRule = ({ risk, universe }) =>
  Object.keys(risk.perSymbol)
    .filter((symbol) => universe.symbols.every((entry) => entry.symbol !== symbol))
    .map((symbol) => ({
      at: ['risk', 'perSymbol', symbol] as const,
      allowed: `a symbol of ${configPath('universe', 'symbols')}; add it there or delete its limits`,
    }));

export const targetLeverageHolds: CrossFieldRule = ({ universe }) =>
  universe.symbols.flatMap(({ targetLeverage, maxLeverage }, index) =>
    targetLeverage <= maxLeverage
      ? []
      : [{ at: ['universe', 'symbols', index, 'targetLeverage'], allowed: `at most ${maxLeverage}, set in ${configPath('universe', 'symbols', index, 'maxLeverage')}` }],
  );

export const universeLeverageHolds: CrossFieldRule = ({ risk, universe }) =>
  universe.symbols.flatMap(({ symbol, maxLeverage }, index) => {
    const own = risk.perSymbol[symbol]?.maxLeverage ?? null;
    const bound = own ?? risk.maxLeverage;
    const path = own === null ? configPath('risk', 'maxLeverage') : configPath('risk', 'perSymbol', symbol, 'maxLeverage');
    if (maxLeverage <= bound) return [];
    return [{ at: ['universe', 'symbols', index, 'maxLeverage'], allowed: `at most ${bound}, set in ${path}` }];
  });
