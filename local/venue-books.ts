/** The simulated venue's own books, read straight from its core: the other side of every comparison. */
import { viewAsset } from '../functions/src/domain/matching/account-view.ts';
import type { ExchangeState, Order } from '../functions/src/domain/matching/exchange-state.ts';
import { ZERO, decimal, sum, text } from '../functions/src/domain/money/decimal.ts';
import type { Decimal } from '../functions/src/domain/money/decimal.ts';
import type { VenueServer } from './venue/server.ts';

export interface VenueBooks {
  /** Signed quantity by `{symbol}-{long|short}`, flat sides left out. */
  readonly positions: ReadonlyMap<string, Decimal>;
  readonly realizedPnlUsd: Decimal;
  readonly feesUsd: Decimal;
  readonly fundingUsd: Decimal;
  readonly walletUsd: Decimal;
  readonly startUsd: Decimal;
  readonly navUsd: Decimal;
  readonly trades: number;
  readonly orders: readonly Order[];
  /** Orders that conditional orders have triggered, by the client id of the conditional order. */
  readonly triggered: ReadonlyMap<string, string>;
}

export function venueBooks(state: ExchangeState): VenueBooks {
  const income = (type: string): Decimal => sum(state.income.filter((row) => row.incomeType === type).map((row) => decimal(row.income)));
  const assets = Object.keys(state.assets).map((asset) => viewAsset(state, asset));
  return {
    positions: new Map(
      Object.values(state.positions)
        .filter((position) => !decimal(position.qty).eq('0'))
        .map((position) => [`${position.symbol}-${sideOf(position)}`, decimal(position.qty).abs()]),
    ),
    realizedPnlUsd: income('REALIZED_PNL'),
    feesUsd: income('COMMISSION').neg(),
    fundingUsd: income('FUNDING_FEE'),
    startUsd: income('TRANSFER'),
    walletUsd: sum(assets.map((asset) => decimal(asset.walletBalance))),
    navUsd: sum(assets.map((asset) => decimal(asset.marginBalance))),
    trades: state.trades.length,
    orders: [...Object.values(state.openOrders).flat(), ...Object.values(state.closedOrders)],
    triggered: new Map(Object.values(state.closedAlgos).flatMap((algo) => (algo.actualOrderId === null ? [] : [[algo.actualOrderId, algo.clientAlgoId] as const]))),
  };
}

function sideOf(position: ExchangeState['positions'][string]): 'long' | 'short' {
  if (position.positionSide === 'BOTH') return decimal(position.qty).gt(ZERO) ? 'long' : 'short';
  return position.positionSide === 'LONG' ? 'long' : 'short';
}

export function venueNav(venue: VenueServer): string {
  const { state } = venue.core;
  return text(sum(Object.keys(state.assets).map((asset) => decimal(viewAsset(state, asset).marginBalance))));
}
