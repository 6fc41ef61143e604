import type { Instrument } from '../market/instrument.ts';
import type { Price } from '../money/units.ts';
import { asNotional, notionalOf } from '../money/units.ts';
import type { Notional } from '../money/units.ts';
import type { SymbolLimits } from './limits.ts';

export interface Floor {
  readonly usd: Notional;
  readonly configPath: string;
}

/** The smallest entry that config and the venue's filters let through: the largest of their floors. */
export function entryFloor(limits: SymbolLimits, instrument: Instrument | null, price: Price): Floor {
  let floor: Floor = { usd: asNotional(limits.minNotional.value), configPath: limits.minNotional.configPath };
  if (instrument === null) return floor;
  if (instrument.minNotional.gt(floor.usd)) floor = { usd: instrument.minNotional, configPath: `markets:${instrument.symbol}.minNotional` };
  const minQtyUsd = notionalOf(instrument.minQty, price);
  return minQtyUsd.gt(floor.usd) ? { usd: minQtyUsd, configPath: `markets:${instrument.symbol}.minQty` } : floor;
}
