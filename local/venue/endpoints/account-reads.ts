import { type AssetView, viewAsset, withdrawable } from '../../../functions/src/domain/matching/account-view.ts';
import type { ExchangeState, Position } from '../../../functions/src/domain/matching/exchange-state.ts';
import { openOrdersOf } from '../../../functions/src/domain/matching/order-book.ts';
import { isFlat } from '../../../functions/src/domain/matching/position-book.ts';
import { type PositionView, viewPosition } from '../../../functions/src/domain/matching/position-view.ts';
import { decimal, sum, text } from '../../../functions/src/domain/money/decimal.ts';
import type { WireValue } from '../wire-json.ts';
import type { Endpoint, EndpointCall } from './endpoint.ts';
import { selectedInstruments } from './symbols.ts';

const account: Endpoint = {
  method: 'GET',
  path: '/fapi/v3/account',
  signed: true,
  weight: 5,
  parameters: [],
  handle: ({ venue }) => {
    const { state } = venue.exchange;
    const assets = Object.keys(state.assets).map((asset) => viewAsset(state, asset));
    return {
      ...totals(state, assets),
      assets: assets.map(describeAsset),
      positions: livePositionsOf(state, Object.keys(state.instruments)).map((position) => accountPosition(viewPosition(state, position))),
    };
  },
};

const positionRiskV3: Endpoint = {
  method: 'GET',
  path: '/fapi/v3/positionRisk',
  signed: true,
  weight: 5,
  parameters: ['symbol'],
  handle: (call) => {
    const { state } = call.venue.exchange;
    const symbols = selectedInstruments(call).map(({ symbol }) => symbol);
    return livePositionsOf(state, symbols).map((position) => positionRow(viewPosition(state, position)));
  },
};

/** Version 2 lists every symbol and side, flat ones included, and alone tells leverage and margin type. */
const positionRiskV2: Endpoint = {
  method: 'GET',
  path: '/fapi/v2/positionRisk',
  signed: true,
  weight: 5,
  parameters: ['symbol'],
  handle: (call) =>
    selectedInstruments(call).flatMap(({ symbol }) =>
      positionsOfSymbol(call, symbol).map((position) => {
        const view = viewPosition(call.venue.exchange.state, position);
        return {
          ...positionRow(view),
          leverage: String(view.leverage),
          marginType: view.marginType === 'CROSSED' ? 'cross' : 'isolated',
          isAutoAddMargin: 'false',
          maxNotionalValue: maxNotional(call.venue.exchange.state, symbol, view.leverage),
        };
      }),
    ),
};

export const ACCOUNT_READS: readonly Endpoint[] = [account, positionRiskV3, positionRiskV2];

/** The position limit of a leverage, as text. */
export function maxNotional(state: ExchangeState, symbol: string, leverage: number): string {
  return state.instruments[symbol]?.brackets.findLast((bracket) => bracket.initialLeverage >= leverage)?.notionalCap ?? '0';
}

/** Positions held, and flat ones whose symbol has resting orders. */
function livePositionsOf(state: ExchangeState, symbols: readonly string[]): Position[] {
  return Object.values(state.positions).filter(
    (position) => symbols.includes(position.symbol) && (!isFlat(position) || openOrdersOf(state, position.symbol).length > 0),
  );
}

function positionsOfSymbol({ venue }: EndpointCall, symbol: string): Position[] {
  const { state } = venue.exchange;
  const sides = state.positionMode === 'hedge' ? (['LONG', 'SHORT'] as const) : (['BOTH'] as const);
  return sides.map(
    (positionSide) =>
      state.positions[`${symbol}:${positionSide}`] ?? { symbol, positionSide, qty: '0', cost: '0', isolatedWallet: '0', updateTime: 0 },
  );
}

function positionRow(view: PositionView): Readonly<Record<string, WireValue>> {
  return {
    symbol: view.symbol,
    positionSide: view.positionSide,
    positionAmt: view.positionAmt,
    entryPrice: view.entryPrice === '0' ? '0.0' : view.entryPrice,
    breakEvenPrice: view.entryPrice === '0' ? '0.0' : view.entryPrice,
    markPrice: view.markPrice,
    unRealizedProfit: view.unrealizedProfit,
    liquidationPrice: view.liquidationPrice,
    isolatedMargin: view.isolatedMargin,
    isolatedWallet: view.isolatedWallet,
    notional: view.notional,
    marginAsset: view.marginAsset,
    initialMargin: view.initialMargin,
    maintMargin: view.maintMargin,
    positionInitialMargin: view.positionInitialMargin,
    openOrderInitialMargin: view.openOrderInitialMargin,
    adl: 0,
    bidNotional: '0',
    askNotional: '0',
    updateTime: view.updateTime,
  };
}

function accountPosition(view: PositionView): WireValue {
  return {
    symbol: view.symbol,
    positionSide: view.positionSide,
    positionAmt: view.positionAmt,
    unrealizedProfit: view.unrealizedProfit,
    isolatedMargin: view.isolatedMargin,
    notional: view.notional,
    isolatedWallet: view.isolatedWallet,
    initialMargin: view.initialMargin,
    maintMargin: view.maintMargin,
    updateTime: view.updateTime,
  };
}

function describeAsset(view: AssetView): WireValue {
  return {
    asset: view.asset,
    walletBalance: view.walletBalance,
    unrealizedProfit: view.unrealizedProfit,
    marginBalance: view.marginBalance,
    maintMargin: view.maintMargin,
    initialMargin: view.initialMargin,
    positionInitialMargin: view.positionInitialMargin,
    openOrderInitialMargin: view.openOrderInitialMargin,
    crossWalletBalance: view.crossWalletBalance,
    crossUnPnl: view.crossUnrealizedProfit,
    availableBalance: view.availableBalance,
    maxWithdrawAmount: text(withdrawable(view)),
    updateTime: view.updateTime,
  };
}

/** In single-asset mode of USDT alone, in multi-assets mode of all assets in USD, as the venue defines them. */
function totals(state: ExchangeState, assets: readonly AssetView[]): Readonly<Record<string, WireValue>> {
  const counted = state.multiAssets ? assets : assets.filter(({ asset }) => asset === 'USDT');
  const total = (field: Exclude<keyof AssetView, 'asset' | 'updateTime'>): string =>
    text(sum(counted.map((view) => decimal(view[field]).times(state.multiAssets ? usdRate(state, view.asset) : '1'))));
  const available = state.multiAssets ? sharedAvailable(state, assets) : total('availableBalance');
  return {
    totalInitialMargin: total('initialMargin'),
    totalMaintMargin: total('maintMargin'),
    totalWalletBalance: total('walletBalance'),
    totalUnrealizedProfit: total('unrealizedProfit'),
    totalMarginBalance: total('marginBalance'),
    totalPositionInitialMargin: total('positionInitialMargin'),
    totalOpenOrderInitialMargin: total('openOrderInitialMargin'),
    totalCrossWalletBalance: total('crossWalletBalance'),
    totalCrossUnPnl: total('crossUnrealizedProfit'),
    availableBalance: available,
    maxWithdrawAmount: available,
  };
}

/** In multi-assets mode every asset tells the same pool in its own unit; this is the pool in USD. */
function sharedAvailable(state: ExchangeState, assets: readonly AssetView[]): string {
  const [any] = assets;
  return any === undefined ? '0' : text(decimal(any.availableBalance).times(usdRate(state, any.asset)));
}

function usdRate(state: ExchangeState, asset: string): string {
  return state.assets[asset]?.usdRate ?? '0';
}
