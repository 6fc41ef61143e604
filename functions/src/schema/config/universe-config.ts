/** `universe.json`: what may be traded at all. */
import { z } from 'zod';
import { symbolText } from '../scalars.ts';
import { count, plain } from './quantities.ts';

export const universeSymbol = z.strictObject({
  symbol: symbolText.describe("The venue's symbol, for example BTCUSDT"),
  tier: z.string().min(1).describe('A tier of risk.json'),
  enabled: z.boolean('true or false').describe('Whether strategies may enter it; what is open in it is closed by its exits as ever: true or false'),
  targetLeverage: count(1, 125, 'Leverage that is set at the venue'),
  marginMode: z.enum(['cross', 'isolated'], 'cross or isolated').describe('Margin mode that is set at the venue: cross or isolated').default('cross'),
  maxLeverage: plain(1, 125, 'Highest leverage any strategy may ask for'),
});
export type UniverseSymbol = z.infer<typeof universeSymbol>;

export const universeConfig = z.strictObject({
  symbols: z.array(universeSymbol).min(1, 'at least one symbol').describe('Every symbol that may be traded'),
});
export type UniverseConfig = z.infer<typeof universeConfig>;
