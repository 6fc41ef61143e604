// Leverage, margin type, position mode and multi-assets mode, with the venue's conditions for changing them.
import { isNegative } from '../money/decimal.ts';
import type { ExchangeState, MarginType, PositionMode } from './exchange-state.ts';
import { availableBalance, notionalAtMark } from './margin.ts';
import { settingsOf } from './matching-context.ts';
import { openOrdersOf } from './order-book.ts';
import { livePositions } from './position-book.ts';
import { type Answer, accept, reject } from './rejection.ts';

export interface LeverageSetting {
  readonly symbol: string;
  readonly leverage: number;
  /** Largest position notional that this leverage allows. */
  readonly maxNotionalValue: string;
}

export function setLeverage(state: ExchangeState, symbol: string, leverage: number): Answer<LeverageSetting> {
  const instrument = state.instruments[symbol];
  if (instrument === undefined) return reject('symbol');
  const settings = settingsOf(state, symbol);
  const highest = instrument.brackets[0]?.initialLeverage ?? 0;
  const cap = instrument.brackets.findLast((bracket) => bracket.initialLeverage >= leverage)?.notionalCap;
  if (!Number.isInteger(leverage) || leverage < 1 || leverage > highest || cap === undefined) {
    return reject('leverage', String(leverage));
  }
  const held = livePositions(state).filter((position) => position.symbol === symbol);
  if (held.some((position) => notionalAtMark(state, position).abs().gt(cap))) return reject('positionAboveLeverage');
  if (settings.marginType === 'ISOLATED' && held.length > 0 && leverage < settings.leverage) return reject('isolatedLeverageReduction');
  const before = settings.leverage;
  settings.leverage = leverage;
  if (leverage < before && isNegative(availableBalance(state, instrument.marginAsset))) {
    settings.leverage = before;
    return reject('leverageNeedsMargin');
  }
  return accept({ symbol, leverage, maxNotionalValue: cap });
}

export function setMarginType(state: ExchangeState, symbol: string, marginType: MarginType): Answer<null> {
  if (state.instruments[symbol] === undefined) return reject('symbol');
  const settings = settingsOf(state, symbol);
  if (settings.marginType === marginType) return reject('marginTypeUnchanged');
  if (marginType === 'ISOLATED' && state.multiAssets) return reject('isolatedInMultiAssets');
  if (openOrdersOf(state, symbol).length > 0 || state.openAlgos.some((algo) => algo.symbol === symbol)) {
    return reject('marginTypeOpenOrders');
  }
  if (livePositions(state).some((position) => position.symbol === symbol)) return reject('marginTypePosition');
  settings.marginType = marginType;
  return accept(null);
}

export function setPositionMode(state: ExchangeState, mode: PositionMode): Answer<null> {
  if (state.positionMode === mode) return reject('positionModeUnchanged');
  if (hasOpenOrders(state)) return reject('positionModeOpenOrders');
  if (livePositions(state).length > 0) return reject('positionModePosition');
  state.positionMode = mode;
  return accept(null);
}

export function setMultiAssets(state: ExchangeState, enabled: boolean): Answer<null> {
  if (state.multiAssets === enabled) return reject('multiAssetsUnchanged');
  const isolated = Object.values(state.settings).some((settings) => settings.marginType === 'ISOLATED');
  if (enabled && isolated) return reject('multiAssetsIsolated');
  if (hasOpenOrders(state) || livePositions(state).length > 0) return reject('multiAssetsPosition');
  state.multiAssets = enabled;
  return accept(null);
}

function hasOpenOrders(state: ExchangeState): boolean {
  return state.openAlgos.length > 0 || Object.values(state.openOrders).some((orders) => orders.length > 0);
}
