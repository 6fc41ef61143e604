/** Each strategy against the universe and the limits it will meet. */
import type { EngineConfig } from '../../schema/config/engine-config.ts';
import type { StrategyConfig } from '../../schema/config/strategies-config.ts';
import { configPath } from '../config-path.ts';
import type { KeyPath } from '../config-path.ts';
import { atMost, below, limitAt, unless } from './contradiction.ts';
import type { Contradiction, CrossFieldRule, ValuePlace } from './contradiction.ts';
import { leverageLimit, symbolsOf } from './effective-limits.ts';

/** The place of one of the strategy's keys. */
type Place = (...path: KeyPath) => ValuePlace;

function eachStrategy(
  rule: (strategy: StrategyConfig, at: Place, config: EngineConfig) => readonly Contradiction[],
): CrossFieldRule {
  return (config) =>
    config.strategies.strategies.flatMap((strategy, index) =>
      rule(strategy, (...path) => ['strategies', 'strategies', index, ...path], config),
    );
}

export const strategyNamesAreUnique: CrossFieldRule = eachStrategy((strategy, at, { strategies }) => {
  const first = strategies.strategies.findIndex(({ name }) => name === strategy.name);
  const allowed = `a name not used before; this one is at ${configPath('strategies', 'strategies', first)}`;
  return unless(strategies.strategies[first] === strategy, at('name'), allowed);
});

export const strategySymbolsAreInTheUniverse: CrossFieldRule = eachStrategy(({ symbols }, at, { universe }) => {
  if (symbols === 'all') return [];
  const known = universe.symbols.map(({ symbol }) => symbol);
  const allowed = `a symbol of ${configPath('universe', 'symbols')}: ${known.join(', ')}`;
  return symbols.flatMap((symbol, index) => unless(known.includes(symbol), at('symbols', index), allowed));
});

export const strategySymbolsAreListedOnce: CrossFieldRule = eachStrategy(({ symbols }, at) =>
  symbols === 'all'
    ? []
    : symbols.flatMap((symbol, index) => unless(symbols.indexOf(symbol) === index, at('symbols', index), 'each symbol once')),
);

export const strategyLeverageHolds: CrossFieldRule = eachStrategy((strategy, at, config) =>
  symbolsOf(config, strategy).flatMap((symbol) => atMost(at('leverage'), strategy.leverage, leverageLimit(config, symbol))),
);

/** A position at leverage L is liquidated, at the latest, once its price has moved by 1/L. */
export const leverageLeavesLiquidationDistance: CrossFieldRule = eachStrategy(({ leverage }, at, { risk }) => {
  const distance = limitAt(risk.minLiquidationDistancePct, 'risk', 'minLiquidationDistancePct');
  const allowed = `a leverage L with 100 / L above ${distance.value}, set in ${distance.configPath}`;
  return unless(100 / leverage > distance.value, at('leverage'), allowed);
});

export const strategyConcurrencyHolds: CrossFieldRule = eachStrategy(({ maxConcurrentPositions }, at, { risk }) =>
  atMost(
    at('maxConcurrentPositions'),
    maxConcurrentPositions,
    limitAt(risk.maxConcurrentPositions, 'risk', 'maxConcurrentPositions'),
  ),
);

export const strategyTradesSomeSide: CrossFieldRule = eachStrategy(({ allowLong, allowShort }, at) =>
  unless(allowLong || allowShort, at('allowLong'), 'true here or in allowShort; to switch a strategy off set enabled to false'),
);

export const alwaysOnMayTakeItsSide: CrossFieldRule = eachStrategy((strategy, at) => {
  if (strategy.kind !== 'always_on') return [];
  const { side } = strategy.params;
  const key = side === 'long' ? 'allowLong' : 'allowShort';
  return unless(strategy[key], at(key), `true, since the strategy always wants ${side}`);
});

export const everyPositionHasAnExit: CrossFieldRule = eachStrategy(({ exit }, at) =>
  unless(
    exit.stopLossPct !== null || exit.maxHoldMinutes !== null,
    at('exit'),
    'a stopLossPct or a maxHoldMinutes, so that no position can stay without an exit',
  ),
);

/** A step as large as the distance could leave the stop where it is until the price is back at it. */
export const trailingStepIsInsideItsDistance: CrossFieldRule = eachStrategy(({ exit: { trailing } }, at) =>
  trailing === null ? [] : below(at('exit', 'trailing', 'stepPct'), trailing.stepPct, limitAt(trailing.distancePct, ...at('exit', 'trailing', 'distancePct'))),
);

export const zscoreExitsInsideItsEntry: CrossFieldRule = eachStrategy((strategy, at) => {
  if (strategy.kind !== 'zscore') return [];
  const { entryZ, exitZ } = strategy.params;
  return below(at('params', 'exitZ'), exitZ, limitAt(entryZ, ...at('params', 'entryZ')));
});

export const rsiBandIsOrdered: CrossFieldRule = eachStrategy((strategy, at) => {
  if (strategy.kind !== 'rsi_band') return [];
  const { oversold, overbought, exitLevel } = strategy.params;
  return [
    ...below(at('params', 'oversold'), oversold, limitAt(exitLevel, ...at('params', 'exitLevel'))),
    ...below(at('params', 'exitLevel'), exitLevel, limitAt(overbought, ...at('params', 'overbought'))),
  ];
});

export const momentumIsOrdered: CrossFieldRule = eachStrategy((strategy, at) => {
  if (strategy.kind !== 'momentum') return [];
  const { fastPeriod, slowPeriod, entryGapAtr, exitGapAtr } = strategy.params;
  return [
    ...below(at('params', 'fastPeriod'), fastPeriod, limitAt(slowPeriod, ...at('params', 'slowPeriod'))),
    ...atMost(at('params', 'exitGapAtr'), exitGapAtr, limitAt(entryGapAtr, ...at('params', 'entryGapAtr'))),
  ];
});
