/** Order sizes that can never pass: a floor above a cap would veto every order, silently and for ever. */
import type { EngineConfig } from '../../schema/config/engine-config.ts';
import { configPath } from '../config-path.ts';
import type { Contradiction, CrossFieldRule } from './contradiction.ts';
import { limitText, notionalFloor, symbolsOf } from './effective-limits.ts';
import type { Limit } from './effective-limits.ts';

export const sizingFloorReachesRiskFloor: CrossFieldRule = (config) =>
  config.strategies.strategies.flatMap((strategy, index) =>
    symbolsOf(config, strategy)
      .map((symbol) => notionalFloor(config, symbol))
      .filter(({ value }) => strategy.sizing.minNotionalUsd < value)
      .map((floor) => ({
        at: ['strategies', 'strategies', index, 'sizing', 'minNotionalUsd'] as const,
        allowed: `at least ${limitText(floor)}`,
      })),
  );

export const sizingFloorFitsUnderItsCap: CrossFieldRule = ({ strategies }) =>
  strategies.strategies.flatMap(({ sizing }, index) => {
    if (sizing.minNotionalUsd <= sizing.maxNotionalUsd) return [];
    const path = configPath('strategies', 'strategies', index, 'sizing', 'minNotionalUsd');
    return [{ at: ['strategies', 'strategies', index, 'sizing', 'maxNotionalUsd'], allowed: `at least ${sizing.minNotionalUsd}, set in ${path}` }];
  });

/** At the reference NAV every cap that an order meets must hold the smallest order its symbol takes. */
export const capsHoldASmallestOrder: CrossFieldRule = (config) =>
  config.universe.symbols.flatMap(({ symbol, tier }) => {
    const floor = highestFloor(config, symbol);
    return capsOf(config, symbol, tier)
      .filter(({ usd }) => usd < floor.value)
      .map(({ at, usd, unit }) => ({
        at,
        allowed: `enough for one ${symbol} order of ${limitText(floor)}; it holds ${usd} USD${unit}`,
      }));
  });

interface Cap {
  readonly at: Contradiction['at'];
  readonly usd: number;
  readonly unit: string;
}

function capsOf({ risk }: EngineConfig, symbol: string, tier: string): Cap[] {
  const ofNav = (pct: number | null | undefined, ...key: string[]): Cap[] => {
    if (pct === null || pct === undefined) return [];
    const unit = ` at referenceNavUsd ${risk.referenceNavUsd}`;
    return [{ at: ['risk', ...key], usd: (risk.referenceNavUsd * pct) / 100, unit }];
  };
  const own = risk.perSymbol[symbol];
  const orderCap = own?.maxOrderNotionalUsd ?? null;
  return [
    ...ofNav(risk.maxTradeNavPct, 'maxTradeNavPct'),
    ...ofNav(risk.maxTradeEquityPct, 'maxTradeEquityPct'),
    ...ofNav(risk.maxSymbolExposurePct, 'maxSymbolExposurePct'),
    ...ofNav(risk.maxGrossExposurePct, 'maxGrossExposurePct'),
    ...ofNav(risk.tiers[tier]?.maxExposurePct, 'tiers', tier, 'maxExposurePct'),
    ...ofNav(own?.maxExposurePct, 'perSymbol', symbol, 'maxExposurePct'),
    ...(orderCap === null ? [] : [{ at: ['risk', 'perSymbol', symbol, 'maxOrderNotionalUsd'] as const, usd: orderCap, unit: '' }]),
  ];
}

/** The gate's floor, or the sizing floor of a strategy that trades the symbol where that is higher. */
function highestFloor(config: EngineConfig, symbol: string): Limit {
  const sizingFloors = config.strategies.strategies.flatMap((strategy, index) =>
    symbolsOf(config, strategy).includes(symbol)
      ? [{ value: strategy.sizing.minNotionalUsd, configPath: configPath('strategies', 'strategies', index, 'sizing', 'minNotionalUsd') }]
      : [],
  );
  return sizingFloors.reduce((highest, floor) => (floor.value > highest.value ? floor : highest), notionalFloor(config, symbol));
}
