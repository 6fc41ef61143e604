/** Order sizes that can never pass: a floor above a cap would veto every order, silently and for ever. */
import type { EngineConfig } from '../../schema/config/engine-config.ts';
import { atLeast, limitAt, limitText } from './contradiction.ts';
import type { Contradiction, CrossFieldRule, Limit, ValuePlace } from './contradiction.ts';
import { notionalFloor, symbolsOf } from './effective-limits.ts';

const sizingPlace = (index: number, key: string): ValuePlace => ['strategies', 'strategies', index, 'sizing', key];

export const sizingFloorReachesRiskFloor: CrossFieldRule = (config) =>
  config.strategies.strategies.flatMap((strategy, index) => {
    const at = sizingPlace(index, 'minNotionalUsd');
    const floors = symbolsOf(config, strategy).map((symbol) => notionalFloor(config, symbol));
    return floors.flatMap((floor) => atLeast(at, strategy.sizing.minNotionalUsd, floor));
  });

export const sizingFloorFitsUnderItsCap: CrossFieldRule = ({ strategies }) =>
  strategies.strategies.flatMap(({ sizing }, index) => {
    const floor = limitAt(sizing.minNotionalUsd, ...sizingPlace(index, 'minNotionalUsd'));
    return atLeast(sizingPlace(index, 'maxNotionalUsd'), sizing.maxNotionalUsd, floor);
  });

/** At the reference NAV every cap that an order meets must hold the smallest order its symbol takes. */
export const capsHoldASmallestOrder: CrossFieldRule = (config) =>
  config.universe.symbols.flatMap(({ symbol, tier }) => {
    const floor = highestFloor(config, symbol);
    const caps = [...navCaps(config, symbol, tier), ...orderCaps(config, symbol)];
    return caps.filter(({ holdsUsd }) => holdsUsd < floor.value).map((cap) => tooSmall(cap, symbol, floor));
  });

/** The limit of an order's notional that a value amounts to. */
interface Cap {
  readonly at: ValuePlace;
  readonly holdsUsd: number;
  readonly reckoning: string;
}

function tooSmall({ at, holdsUsd, reckoning }: Cap, symbol: string, floor: Limit): Contradiction {
  return { at, allowed: `room for the smallest ${symbol} order of ${limitText(floor)}; it holds ${holdsUsd} USD${reckoning}` };
}

function navCaps({ risk }: EngineConfig, symbol: string, tier: string): Cap[] {
  const caps: readonly { readonly at: ValuePlace; readonly pct: number | null | undefined }[] = [
    { at: ['risk', 'maxTradeNavPct'], pct: risk.maxTradeNavPct },
    { at: ['risk', 'maxTradeEquityPct'], pct: risk.maxTradeEquityPct },
    { at: ['risk', 'maxSymbolExposurePct'], pct: risk.maxSymbolExposurePct },
    { at: ['risk', 'maxGrossExposurePct'], pct: risk.maxGrossExposurePct },
    { at: ['risk', 'tiers', tier, 'maxExposurePct'], pct: risk.tiers[tier]?.maxExposurePct },
    { at: ['risk', 'perSymbol', symbol, 'maxExposurePct'], pct: risk.perSymbol[symbol]?.maxExposurePct },
  ];
  const reckoning = ` at referenceNavUsd ${risk.referenceNavUsd}`;
  return caps.flatMap(({ at, pct }) =>
    pct === null || pct === undefined ? [] : [{ at, holdsUsd: (risk.referenceNavUsd * pct) / 100, reckoning }],
  );
}

function orderCaps({ risk }: EngineConfig, symbol: string): Cap[] {
  const own = risk.perSymbol[symbol]?.maxOrderNotionalUsd ?? null;
  return own === null ? [] : [{ at: ['risk', 'perSymbol', symbol, 'maxOrderNotionalUsd'], holdsUsd: own, reckoning: '' }];
}

/** The gate's floor, or the sizing floor of a strategy that trades the symbol where that is higher. */
function highestFloor(config: EngineConfig, symbol: string): Limit {
  return config.strategies.strategies
    .map((strategy, index) => ({ strategy, index }))
    .filter(({ strategy }) => symbolsOf(config, strategy).includes(symbol))
    .map(({ strategy, index }) => limitAt(strategy.sizing.minNotionalUsd, ...sizingPlace(index, 'minNotionalUsd')))
    .reduce((highest, floor) => (floor.value > highest.value ? floor : highest), notionalFloor(config, symbol));
}
