import { z } from 'zod';
import { collection } from '../collection.ts';
import { decimalText, epochMs, symbolText } from '../scalars.ts';

const instrumentRecord = z.strictObject({
  symbol: symbolText,
  base: z.string(),
  quote: z.string(),
  marginAsset: z.string(),
  status: z.enum(['trading', 'suspended']),
  tickSize: decimalText,
  stepSize: decimalText,
  minQty: decimalText,
  maxQty: decimalText,
  marketMaxQty: decimalText,
  minNotional: decimalText,
  minPrice: decimalText,
  maxPrice: decimalText,
});
export type InstrumentRecord = z.infer<typeof instrumentRecord>;

const marginTier = z.strictObject({ notionalFloor: decimalText, ratio: decimalText, cum: decimalText });
export type MarginTierRecord = z.infer<typeof marginTier>;

/** `markets/{venue}`: instruments and maintenance margins of the universe, so that a cold start calls nothing for them. Refreshed by sync. */
export const marketMetadata = z.strictObject({
  instruments: z.array(instrumentRecord),
  positionMode: z.enum(['hedge', 'oneWay']),
  /** Maintenance margin by symbol, ascending by notional; a symbol is missing while its tiers have not been read. */
  brackets: z.record(z.string(), z.array(marginTier)),
  fetchedAt: epochMs,
});
export type MarketMetadata = z.infer<typeof marketMetadata>;
export const MARKETS = collection('markets', 1, marketMetadata);
