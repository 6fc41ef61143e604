import type { Usd } from '../money/units.ts';
import { asNotional } from '../money/units.ts';
import type { Notional } from '../money/units.ts';
import type { SymbolLimits } from './limits.ts';

export interface Ceiling {
  readonly usd: Notional;
  readonly configPath: string;
}

/** The largest order that the caps would allow an empty account of this NAV. */
export function orderCeiling(limits: SymbolLimits, navUsd: Usd): Ceiling {
  const shares = [limits.tradeNav, limits.tradeEquity, limits.symbolExposure, limits.grossExposure, limits.tierExposure];
  const ofNav = shares
    .filter((limit) => limit !== null)
    .map((limit) => ({ usd: asNotional(navUsd.times(limit.value)), configPath: limit.configPath }));
  const own = limits.orderNotional;
  const ceilings = own === null ? ofNav : [...ofNav, { usd: asNotional(own.value), configPath: own.configPath }];
  return ceilings.reduce((least, ceiling) => (ceiling.usd.lt(least.usd) ? ceiling : least));
}
