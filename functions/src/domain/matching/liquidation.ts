// Liquidation: when the margin balance no longer exceeds the maintenance margin, the venue cancels what rests, takes the positions
// over at the mark price and moves its fee to the insurance fund; the fund makes up what a crossed wallet would owe beyond 0.
import { type Decimal, ZERO, decimal, isNegative, isZero, max, min, sum } from '../money/decimal.ts';
import { roundAmount } from './amount.ts';
import { cancelAllOrders } from './cancel-order.ts';
import type { ExchangeState, Position } from './exchange-state.ts';
import { closeAtMark } from './forced-close.ts';
import { crossWallet, isCrossed, maintenanceMargin, notionalAtMark, poolAssets, positionsOf, unrealisedAtMark } from './margin.ts';
import { type MatchingContext, instrumentOf } from './matching-context.ts';
import { isFlat, livePositionsOf } from './position-book.ts';
import { assetOf, bookIncome } from './wallet.ts';

/** Checks the positions that the new mark of `symbol` concerns: its isolated ones, and the crossed pool it belongs to. */
export function liquidateIfDue(ctx: MatchingContext, symbol: string): void {
  const { state } = ctx;
  const concerned = livePositionsOf(state, symbol);
  if (concerned.length === 0) return;
  for (const position of concerned) {
    if (!isCrossed(state, position) && isolatedIsDue(state, position)) liquidate(ctx, [position]);
  }
  if (!concerned.some((position) => isCrossed(state, position))) return;
  const members = poolAssets(state, instrumentOf(state, symbol).marginAsset).map((asset) => ({ asset, positions: positionsOf(state, asset) }));
  const pool = members.flatMap(({ positions }) => positions).filter((position) => isCrossed(state, position));
  if (poolIsDue(state, members, pool)) liquidate(ctx, pool);
}

function isolatedIsDue(state: ExchangeState, position: Position): boolean {
  return decimal(position.isolatedWallet).plus(unrealisedAtMark(state, position)).lte(maintenanceMargin(state, position));
}

/** An asset whose wallet margins the pool, with all positions margined in it. */
interface PoolMember {
  readonly asset: string;
  readonly positions: readonly Position[];
}

function poolIsDue(state: ExchangeState, members: readonly PoolMember[], pool: readonly Position[]): boolean {
  const wallets = members.map(({ asset, positions }) => inPool(state, asset, crossWallet(state, asset, positions), true));
  const profit = pool.map((position) => inPool(state, marginAssetOf(state, position), unrealisedAtMark(state, position), false));
  const maintenance = pool.map((position) => inPool(state, marginAssetOf(state, position), maintenanceMargin(state, position), false));
  return sum(wallets).plus(sum(profit)).lte(sum(maintenance));
}

/** In multi-assets mode amounts are compared in USD, wallets after their haircut; else all are in the one asset. */
function inPool(state: ExchangeState, asset: string, amount: Decimal, isCollateral: boolean): Decimal {
  if (!state.multiAssets) return amount;
  const { usdRate, collateralRatio } = assetOf(state, asset);
  return isCollateral ? amount.times(usdRate).times(collateralRatio) : amount.times(usdRate);
}

function marginAssetOf(state: ExchangeState, position: Position): string {
  return instrumentOf(state, position.symbol).marginAsset;
}

function liquidate(ctx: MatchingContext, positions: readonly Position[]): void {
  for (const symbol of new Set(positions.map((position) => position.symbol))) {
    cancelAllOrders(ctx, symbol);
  }
  for (const position of positions) if (!isFlat(position)) takeOver(ctx, position);
}

function takeOver(ctx: MatchingContext, position: Position): void {
  const { state } = ctx;
  const { symbol, positionSide } = position;
  const { marginAsset, liquidationFee } = instrumentOf(state, symbol);
  const qty = decimal(position.qty);
  const fee = roundAmount(notionalAtMark(state, position).abs().times(liquidationFee));
  closeAtMark(ctx, {
    symbol,
    side: isNegative(qty) ? 'BUY' : 'SELL',
    positionSide,
    qty: qty.abs(),
    closePosition: false,
    origin: 'liquidation',
    clientOrderId: `autoclose-${state.nextOrderId}`,
  });
  const left = crossWallet(state, marginAsset);
  const amount = isNegative(left) ? left.neg() : min(fee, max(left, ZERO)).neg();
  if (!isZero(amount)) bookIncome(ctx, { incomeType: 'INSURANCE_CLEAR', asset: marginAsset, amount, symbol });
}
