import { limitText, unless } from './contradiction.ts';
import type { CrossFieldRule } from './contradiction.ts';
import { notionalFloor } from './effective-limits.ts';

/**
 * The venue's smallest notional of each symbol, in US dollars, is not written in config but read from its metadata; with
 * it at hand this rule can be added to the others.
 */
export function floorsReachTheVenues(venueMinNotionalUsd: ReadonlyMap<string, number>): CrossFieldRule {
  return (config) =>
    config.universe.symbols.flatMap(({ symbol }) => {
      const venueFloor = venueMinNotionalUsd.get(symbol);
      if (venueFloor === undefined) return [];
      const floor = notionalFloor(config, symbol);
      const allowed = `at least ${venueFloor}, the venue's own floor; what holds now is ${limitText(floor)}`;
      return unless(floor.value >= venueFloor, ['risk', 'perSymbol', symbol, 'minNotionalUsd'], allowed);
    });
}
