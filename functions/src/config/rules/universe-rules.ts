/** The universe against the limits: everything that may be traded has a tier and limits, and no limit is left over. */
import { configPath } from '../config-path.ts';
import { atMost, limitAt, unless } from './contradiction.ts';
import type { CrossFieldRule } from './contradiction.ts';

export const symbolsAreListedOnce: CrossFieldRule = ({ universe }) =>
  universe.symbols.flatMap(({ symbol }, index) => {
    const first = universe.symbols.findIndex((entry) => entry.symbol === symbol);
    const allowed = `a symbol not listed before; this one is at ${configPath('universe', 'symbols', first)}`;
    return unless(first === index, ['universe', 'symbols', index, 'symbol'], allowed);
  });

export const tiersExist: CrossFieldRule = ({ risk, universe }) => {
  const allowed = `a tier of ${configPath('risk', 'tiers')}: ${Object.keys(risk.tiers).join(', ')}`;
  return universe.symbols.flatMap(({ tier }, index) =>
    unless(Object.hasOwn(risk.tiers, tier), ['universe', 'symbols', index, 'tier'], allowed),
  );
};

export const symbolsHaveLimits: CrossFieldRule = ({ risk, universe }) => {
  const allowed = `a symbol with an entry in ${configPath('risk', 'perSymbol')}; add one there, {} if it needs no limits of its own`;
  return universe.symbols.flatMap(({ symbol }, index) =>
    unless(Object.hasOwn(risk.perSymbol, symbol), ['universe', 'symbols', index, 'symbol'], allowed),
  );
};

export const limitsHaveSymbols: CrossFieldRule = ({ risk, universe }) => {
  const known = new Set(universe.symbols.map(({ symbol }) => symbol));
  const allowed = `a symbol of ${configPath('universe', 'symbols')}; add it there or delete its limits here`;
  return Object.keys(risk.perSymbol).flatMap((symbol) => unless(known.has(symbol), ['risk', 'perSymbol', symbol], allowed));
};

export const targetLeverageHolds: CrossFieldRule = ({ universe }) =>
  universe.symbols.flatMap(({ targetLeverage, maxLeverage }, index) =>
    atMost(
      ['universe', 'symbols', index, 'targetLeverage'],
      targetLeverage,
      limitAt(maxLeverage, 'universe', 'symbols', index, 'maxLeverage'),
    ),
  );

export const universeLeverageHolds: CrossFieldRule = ({ risk, universe }) =>
  universe.symbols.flatMap(({ symbol, maxLeverage }, index) => {
    const own = risk.perSymbol[symbol]?.maxLeverage ?? null;
    const general = limitAt(risk.maxLeverage, 'risk', 'maxLeverage');
    const limit = own === null ? general : limitAt(own, 'risk', 'perSymbol', symbol, 'maxLeverage');
    return atMost(['universe', 'symbols', index, 'maxLeverage'], maxLeverage, limit);
  });
