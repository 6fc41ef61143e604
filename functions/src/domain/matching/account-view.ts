import { type Decimal, ZERO, decimal, max, min, sum, text } from '../money/decimal.ts';
import type { ExchangeState } from './exchange-state.ts';
import {
  availableBalance, crossWallet, isCrossed, maintenanceMargin, marginFor, notionalAtMark, orderMarginOf, positionsOf, unrealisedAtMark,
} from './margin.ts';
import { assetOf } from './wallet.ts';

/** One asset of the futures wallet; decimal texts in that asset. */
export interface AssetView {
  readonly asset: string;
  readonly walletBalance: string;
  readonly unrealizedProfit: string;
  /** Wallet plus unrealised profit. */
  readonly marginBalance: string;
  readonly maintMargin: string;
  readonly initialMargin: string;
  readonly positionInitialMargin: string;
  readonly openOrderInitialMargin: string;
  readonly crossWalletBalance: string;
  readonly crossUnrealizedProfit: string;
  readonly availableBalance: string;
  readonly updateTime: number;
}

export function viewAsset(state: ExchangeState, asset: string): AssetView {
  const { walletBalance, updateTime } = assetOf(state, asset);
  const positions = positionsOf(state, asset);
  const crossed = positions.filter((position) => isCrossed(state, position));
  const profit = sum(positions.map((position) => unrealisedAtMark(state, position)));
  const positionMargin = sum(positions.map((position) => marginFor(state, position.symbol, notionalAtMark(state, position))));
  const orderMargin = orderMarginOf(state, asset);
  return {
    asset,
    walletBalance,
    unrealizedProfit: text(profit),
    marginBalance: text(decimal(walletBalance).plus(profit)),
    maintMargin: text(sum(positions.map((position) => maintenanceMargin(state, position)))),
    initialMargin: text(positionMargin.plus(orderMargin)),
    positionInitialMargin: text(positionMargin),
    openOrderInitialMargin: text(orderMargin),
    crossWalletBalance: text(crossWallet(state, asset, positions)),
    crossUnrealizedProfit: text(sum(crossed.map((position) => unrealisedAtMark(state, position)))),
    availableBalance: text(max(ZERO, availableBalance(state, asset))),
    updateTime,
  };
}

/** What could be withdrawn: the available balance, but never more than the wallet. */
export function withdrawable(view: AssetView): Decimal {
  return max(ZERO, min(decimal(view.availableBalance), decimal(view.walletBalance)));
}
