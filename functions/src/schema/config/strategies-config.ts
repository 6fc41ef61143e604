/** `strategies.json`: what to trade and when. One entry per strategy; `kind` decides what its `params` are. */
import { z } from 'zod';
import { positionSide, symbolText, timeframe } from '../scalars.ts';
import { bps, count, minutes, pct, plain, seconds, usd } from './quantities.ts';

const trueOrFalse = () => z.boolean('true or false');
const strategyName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,39}$/, 'a name of lower-case letters, digits and hyphens, such as zscore-5m');
const symbolChoice = z.union([z.literal('all'), z.array(symbolText).min(1)], '"all" or a list of at least one venue symbol');

const sizing = z.strictObject({
  volTargetBps: bps(0.1, 1000, 'Share of NAV that one ATR move of the position may cost'),
  atrPeriod: count(2, 500, 'Candles of the average true range'),
  minNotionalUsd: usd(0, 1_000_000, 'Smaller suggestions are raised to this or dropped'),
  maxNotionalUsd: usd(1, 100_000_000, 'Largest order the strategy asks for'),
});

const atrRegime = z.strictObject({
  atrPeriod: count(2, 500, 'Candles of the average true range'),
  lookback: count(2, 900, 'Candles whose median ATR, as a share of price, is the usual one'),
  maxRatio: plain(0.1, 100, 'ATR over its usual value above which it does not enter'),
});

const expectancy = z.strictObject({
  minSymbolBps: bps(-1000, 1000, 'Net result of the symbol per notional traded below which it does not enter; null does not look at symbols').nullable().default(null),
  minHourBps: bps(-1000, 1000, 'The same of positions opened in this hour of the day in UTC; null does not look at hours').nullable().default(null),
});

/** What keeps it from entering besides its signal; the spread and the order book are limits of risk.json. */
const entryFilters = z.strictObject({
  atrRegime: atrRegime.nullable().describe('Markets more volatile than they usually are; null switches the filter off').default(null),
  expectancy: expectancy.nullable().describe('Symbols and hours that have lost, as learned while INTEL_ENABLED is on; a warm-up refuses nothing; null switches the filter off').default(null),
});

/** Moves the stop at the venue behind the best mark price since the entry, only ever towards it. */
const trailing = z.strictObject({
  activationPct: pct(0, 500, 'Gain of the entry price from which the stop follows'),
  distancePct: pct(0.05, 50, 'Distance of the stop from the best price, of that price'),
  stepPct: pct(0.01, 10, 'Smallest move of the stop, of its price, so that not every tick moves it').default(0.1),
});
export type TrailingRules = z.infer<typeof trailing>;

/** At least one of time and loss must end a position: see the cross-field rules. */
const exit = z.strictObject({
  maxHoldMinutes: minutes(1, 525_600, 'Time after which the position is closed; null means no time limit').nullable(),
  stopLossPct: pct(0.05, 50, 'Loss of the entry price that closes the position; null means no stop').nullable(),
  takeProfitPct: pct(0.05, 500, 'Gain of the entry price that closes the position; null means no target').nullable(),
  trailing: trailing.nullable().describe('A stop that follows a gain; null means that it stays where it is').default(null),
});
export type ExitRules = z.infer<typeof exit>;

const common = {
  name: strategyName.describe('Unique name; part of every id made from its signals'),
  enabled: trueOrFalse().describe('Whether it may enter; what it holds it closes as ever, and a flip is a plain exit: true or false'),
  timeframe: timeframe.describe('Candles it looks at: 1m, 5m, 15m, 1h or 4h'),
  symbols: symbolChoice.describe('Symbols it may enter, what it holds in others it only closes: a list, or "all" of the enabled universe'),
  leverage: plain(1, 125, 'Leverage it asks for'),
  maxConcurrentPositions: count(1, 1000, 'Positions of its own at which it takes no more'),
  sizing: sizing.describe('How large an order it suggests'),
  entryFilters: entryFilters.describe('Markets it does not enter').prefault({}),
  exit: exit.describe('What closes a position besides its signal'),
  flip: z
    .enum(['refuse', 'saga'], 'refuse or saga')
    .describe('What a signal for the other side does to the open position: refuse (its own exits decide) or saga (close it, then open the other)')
    .default('refuse'),
  allowLong: trueOrFalse().describe('Whether it may enter long: true or false'),
  allowShort: trueOrFalse().describe('Whether it may enter short: true or false'),
  intentTtlSeconds: seconds(5, 86_400, 'Life of an intent, after which what rests is cancelled'),
};

/** Periods end where the warm-up of smoothed averages would need more candles than a venue gives at once. */
const rsiBandParams = z.strictObject({
  period: count(2, 50, 'Candles of the RSI'),
  variant: z.enum(['wilder', 'cutler'], 'wilder or cutler').describe('Averages it is made of: wilder (smoothed) or cutler (simple)'),
  oversold: plain(1, 99, 'RSI at or below which it enters long'),
  overbought: plain(1, 99, 'RSI at or above which it enters short'),
  exitLevel: plain(1, 99, 'RSI at or above which a long, at or below which a short is closed'),
});

const zscoreParams = z.strictObject({
  lookback: count(3, 1000, 'Candles of mean and deviation'),
  entryZ: plain(0.1, 10, 'Distance from the mean, in deviations, from which it enters against the move'),
  exitZ: plain(0, 10, 'Distance from the mean, in deviations, up to which the position is closed'),
});

const momentumParams = z.strictObject({
  fastPeriod: count(2, 199, 'Candles of the fast average'),
  slowPeriod: count(3, 200, 'Candles of the slow average'),
  atrPeriod: count(2, 500, 'Candles of the average true range'),
  entryGapAtr: plain(0, 10, 'Gap between the averages, in ATRs, from which it enters with the move'),
  exitGapAtr: plain(0, 10, 'Gap between the averages, in ATRs, below which the position is closed'),
});

const alwaysOnParams = z.strictObject({
  side: positionSide.describe('Position side it holds: long or short'),
});

const externalParams = z.strictObject({
  keys: z
    .array(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'a key id of lower-case letters, digits and hyphens, such as model-a'))
    .min(1)
    .describe('Ids of the keys whose signals it takes'),
  maxStrength: plain(0.1, 10, 'Largest strength a signal may ask for; strength multiplies the size, 1 is neutral').default(1),
});

function strategyOf<Kind extends string, Params extends z.ZodObject>(kind: Kind, params: Params, meaning: string) {
  return z.strictObject({
    ...common,
    kind: z.literal(kind).describe(meaning),
    params: params.describe('Parameters of its kind'),
  });
}

export const strategyConfig = z.discriminatedUnion(
  'kind',
  [
    strategyOf('rsi_band', rsiBandParams, 'Enters at the ends of an RSI band'),
    strategyOf('zscore', zscoreParams, 'Enters against a stretch from the mean'),
    strategyOf('momentum', momentumParams, 'Enters with a trend of two averages'),
    strategyOf('always_on', alwaysOnParams, 'Always wants its side'),
    strategyOf('external', externalParams, 'Takes its signals from outside; its own exit limits hold all the same'),
  ],
  'one of rsi_band, zscore, momentum, always_on, external',
);
export type StrategyConfig = z.infer<typeof strategyConfig>;
export type StrategyKind = StrategyConfig['kind'];
export type RsiBandParams = z.infer<typeof rsiBandParams>;
export type ZscoreParams = z.infer<typeof zscoreParams>;
export type MomentumParams = z.infer<typeof momentumParams>;
export type AlwaysOnParams = z.infer<typeof alwaysOnParams>;
export type ExternalParams = z.infer<typeof externalParams>;
export type ExternalStrategy = Extract<StrategyConfig, { readonly kind: 'external' }>;

export const strategiesConfig = z.strictObject({
  strategies: z.array(strategyConfig).describe('One entry per strategy; an empty list trades nothing'),
});
export type StrategiesConfig = z.infer<typeof strategiesConfig>;
