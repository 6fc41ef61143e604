import { veto } from '../veto.ts';
import { onKnownNav } from './check.ts';
import { pctOf } from './share-of.ts';

/** The symbol's loss of the day against NAV; the next sync disables the symbol for longer. */
export const symbolDrawdownCap = onKnownNav(({ navUsd }, { limits, symbolLossUsd }) => {
  const { symbolDrawdown } = limits;
  if (symbolLossUsd === null) return veto('symbol_drawdown_cap', null, symbolDrawdown.text, symbolDrawdown.configPath);
  if (!symbolLossUsd.gte(navUsd.times(symbolDrawdown.value))) return null;
  return veto('symbol_drawdown_cap', pctOf(symbolLossUsd, navUsd, 'up'), symbolDrawdown.text, symbolDrawdown.configPath);
});
