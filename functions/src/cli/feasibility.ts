/** What the settings let an account of this NAV do in one symbol: its smallest order against the largest one its caps allow. */
import type { Instrument } from '../domain/market/instrument.ts';
import { text } from '../domain/money/decimal.ts';
import type { Price, Usd } from '../domain/money/units.ts';
import { entryFloor } from '../domain/risk/entry-floor.ts';
import type { SymbolLimits } from '../domain/risk/limits.ts';
import { orderCeiling } from '../domain/risk/order-ceiling.ts';
import { smallestOrder } from '../domain/sizing/smallest-order.ts';

export interface Feasibility {
  readonly symbol: string;
  readonly enabled: boolean;
  readonly isFeasible: boolean;
  /** On the venue's grid where rules and price are known, else the floor of the settings. */
  readonly smallestUsd: string;
  readonly smallestSetIn: string;
  /** Of an empty account. */
  readonly largestUsd: string;
  /** The cap that binds. */
  readonly largestSetIn: string;
  /** The price at which the smallest order was counted; null when none is known. */
  readonly price: string | null;
  readonly venueRules: 'known' | 'unknown';
}

/** `price` is null when none is known, `instrument` when the venue's rules are not. */
export function feasibility(limits: SymbolLimits, navUsd: Usd, instrument: Instrument | null, price: Price | null): Feasibility {
  const smallest = smallestOf(limits, instrument, price);
  const largest = orderCeiling(limits, navUsd);
  return {
    symbol: limits.symbol,
    enabled: limits.whitelisted,
    isFeasible: smallest.usd.lte(largest.usd),
    smallestUsd: text(smallest.usd),
    smallestSetIn: smallest.configPath,
    largestUsd: text(largest.usd),
    largestSetIn: largest.configPath,
    price: price === null ? null : text(price),
    venueRules: instrument === null ? 'unknown' : 'known',
  };
}

function smallestOf(limits: SymbolLimits, instrument: Instrument | null, price: Price | null) {
  if (instrument === null || price === null) return { usd: limits.minNotional.value, configPath: limits.minNotional.configPath };
  const floor = entryFloor(limits, instrument, price);
  return { usd: smallestOrder(floor.usd, price, instrument), configPath: floor.configPath };
}
