import type { PlainLimit } from '../limits.ts';
import type { MarketReading } from '../market-reading.ts';
import type { Veto } from '../veto.ts';
import { veto } from '../veto.ts';
import type { Check } from './check.ts';

/** Spread, collar and funding need a quote and a mark; without both there is no entry. */
export const marketUnavailable: Check = ({ quote, mark, limits }) =>
  unusable(quote, 'quote', limits.marketAge) ?? unusable(mark, 'mark', limits.marketAge);

function unusable(reading: MarketReading<unknown>, name: string, maxAge: PlainLimit): Veto | null {
  if (reading.kind === 'usable') return null;
  if (reading.ageSeconds === null) return veto('market_unavailable', null, null, `market:${name}`);
  return veto('market_unavailable', String(reading.ageSeconds), String(maxAge.value), maxAge.configPath);
}
