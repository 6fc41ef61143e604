import type { StrategyConfig } from '../../schema/config/strategies-config.ts';
import { configPath } from '../config-path.ts';
import type { KeyPath } from '../config-path.ts';
import type { Contradiction, CrossFieldRule } from './contradiction.ts';
import { leverageLimit, limitText, symbolsOf } from './effective-limits.ts';

/** A rule about one strategy at a time; `at` names a key of it. */
function eachStrategy(
  rule: (strategy: StrategyConfig, at: (...path: KeyPath) => Contradiction['at']) => readonly Contradiction[],
): CrossFieldRule {
  return ({ strategies }) =>
    strategies.strategies.flatMap((strategy, index) => rule(strategy, (...path) => ['strategies', 'strategies', index, ...path]));
}

export const strategyNamesAreUnique: CrossFieldRule = ({ strategies }) =>
  strategies.strategies.flatMap(({ name }, index) => {
    const first = strategies.strategies.findIndex((other) => other.name === name);
    if (first === index) return [];
    return [{ at: ['strategies', 'strategies', index, 'name'], allowed: `a name not used before; this one is at ${configPath('strategies', 'strategies', first)}` }];
  });

export const strategySymbolsAreInTheUniverse: CrossFieldRule = (config) =>
  eachStrategy(({ symbols }, at) => {
    if (symbols === 'all') return [];
    const known = config.universe.symbols.map(({ symbol }) => symbol);
    return symbols.flatMap((symbol, index) => {
      if (!known.includes(symbol)) return [{ at: at('symbols', index), allowed: `a symbol of ${configPath('universe', 'symbols')}: ${known.join(', ')}` }];
      return symbols.indexOf(symbol) === index ? [] : [{ at: at('symbols', index), allowed: 'each symbol once' }];
    });
  })(config);

export const strategyLeverageHolds: CrossFieldRule = (config) =>
  eachStrategy((strategy, at) => {
    const limits = symbolsOf(config, strategy).map((symbol) => leverageLimit(config, symbol));
    const broken = limits.filter(({ value }) => strategy.leverage > value);
    return broken.map((limit) => ({ at: at('leverage'), allowed: `at most ${limitText(limit)}` }));
  })(config);

/** A position at leverage L is liquidated, at the latest, once its price has moved by 1/L. */
export const leverageLeavesLiquidationDistance: CrossFieldRule = (config) =>
  eachStrategy(({ leverage }, at) => {
    const { minLiquidationDistancePct } = config.risk;
    if (100 / leverage > minLiquidationDistancePct) return [];
    const path = configPath('risk', 'minLiquidationDistancePct');
    return [{ at: at('leverage'), allowed: `below ${100 / minLiquidationDistancePct}, so that liquidation is more than ${minLiquidationDistancePct} % away, set in ${path}` }];
  })(config);

export const strategyConcurrencyHolds: CrossFieldRule = (config) =>
  eachStrategy(({ maxConcurrentPositions }, at) => {
    const limit = { value: config.risk.maxConcurrentPositions, configPath: configPath('risk', 'maxConcurrentPositions') };
    return maxConcurrentPositions <= limit.value ? [] : [{ at: at('maxConcurrentPositions'), allowed: `at most ${limitText(limit)}` }];
  })(config);

export const strategyTradesSomeSide: CrossFieldRule = eachStrategy((strategy, at) => {
  if (!strategy.allowLong && !strategy.allowShort) return [{ at: at('allowLong'), allowed: 'true here or for allowShort; enabled switches a strategy off' }];
  if (strategy.kind !== 'always_on') return [];
  const isAllowed = strategy.params.side === 'long' ? strategy.allowLong : strategy.allowShort;
  const key = strategy.params.side === 'long' ? 'allowLong' : 'allowShort';
  return isAllowed ? [] : [{ at: at(key), allowed: `true, since the strategy always wants ${strategy.params.side}` }];
});

export const everyPositionHasAnExit: CrossFieldRule = eachStrategy(({ exit }, at) =>
  exit.stopLossPct !== null || exit.maxHoldMinutes !== null
    ? []
    : [{ at: at('exit'), allowed: 'a stopLossPct or maxHoldMinutes, so that no position can stay without an exit' }],
);

export const zscoreExitsInsideItsEntry: CrossFieldRule = eachStrategy((strategy, at) => {
  if (strategy.kind !== 'zscore') return [];
  const { entryZ, exitZ } = strategy.params;
  return exitZ < entryZ ? [] : [{ at: at('params', 'exitZ'), allowed: `below entryZ, which is ${entryZ}` }];
});

export const rsiBandIsOrdered: CrossFieldRule = eachStrategy((strategy, at) => {
  if (strategy.kind !== 'rsi_band') return [];
  const { oversold, overbought, exitLevel } = strategy.params;
  if (oversold >= overbought) return [{ at: at('params', 'oversold'), allowed: `below overbought, which is ${overbought}` }];
  if (oversold < exitLevel && exitLevel < overbought) return [];
  return [{ at: at('params', 'exitLevel'), allowed: `between oversold, which is ${oversold}, and overbought, which is ${overbought}` }];
});

export const momentumIsOrdered: CrossFieldRule = eachStrategy((strategy, at) => {
  if (strategy.kind !== 'momentum') return [];
  const { fastPeriod, slowPeriod, entryGapAtr, exitGapAtr } = strategy.params;
  return [
    ...(fastPeriod < slowPeriod ? [] : [{ at: at('params', 'fastPeriod'), allowed: `below slowPeriod, which is ${slowPeriod}` }]),
    ...(exitGapAtr <= entryGapAtr ? [] : [{ at: at('params', 'exitGapAtr'), allowed: `at most entryGapAtr, which is ${entryGapAtr}` }]),
  ];
});
