import type { SymbolTiers } from '../market/margin-tiers.ts';
import { decimal } from '../money/decimal.ts';
import type { VenueInstrument } from './venue-instrument.ts';

/** What the exchange's brackets say of maintenance margin, in the engine's words. */
export function tiersOfBrackets({ symbol, brackets }: Pick<VenueInstrument, 'symbol' | 'brackets'>): SymbolTiers {
  return {
    symbol,
    tiers: brackets.map(({ notionalFloor, maintMarginRatio, cum }) => ({ notionalFloor: decimal(notionalFloor), ratio: decimal(maintMarginRatio), cum: decimal(cum) })),
  };
}
