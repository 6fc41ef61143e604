// Margin of the account. Sources: Binance USD-M margin formulas (initial margin = notional at mark / leverage, maintenance =
// notional x ratio - cum by bracket) and its available balance with losses counted and unrealised profits not:
//   available = crossed wallet + min(unrealised, 0) - initial margin of crossed positions - margin of opening orders.
import { type Decimal, ZERO, decimal, decimalOfInteger, divide, min, sum } from '../money/decimal.ts';
import { isClosing } from './closing-orders.ts';
import type { ExchangeState, Order, Position, PositionSide } from './exchange-state.ts';
import { instrumentOf, markOf, settingsOf } from './matching-context.ts';
import { openOrdersOf, remainingQty } from './order-book.ts';
import { heldQty, holdingOf, livePositions } from './position-book.ts';
import { unrealised } from './position-ledger.ts';
import type { LeverageBracket } from './venue-instrument.ts';
import { assetOf } from './wallet.ts';

const PLACES = 8;

export function notionalAtMark(state: ExchangeState, position: Position): Decimal {
  return decimal(position.qty).times(markOf(state, position.symbol));
}

export function unrealisedAtMark(state: ExchangeState, position: Position): Decimal {
  return unrealised(holdingOf(position), decimal(markOf(state, position.symbol)));
}

/** Notional / leverage at the symbol's leverage, rounded up. */
export function marginFor(state: ExchangeState, symbol: string, notional: Decimal): Decimal {
  return divide(notional.abs(), decimalOfInteger(settingsOf(state, symbol).leverage), PLACES, 'up');
}

export function bracketFor(state: ExchangeState, symbol: string, notional: Decimal): LeverageBracket {
  const { brackets } = instrumentOf(state, symbol);
  const size = notional.abs();
  const bracket = brackets.findLast((candidate) => size.gte(termsOf(candidate).floor));
  if (bracket === undefined) throw new Error(`${symbol} has no leverage bracket from notional 0: its brackets must begin there`);
  return bracket;
}

interface BracketTerms {
  readonly floor: Decimal;
  readonly ratio: Decimal;
  readonly cum: Decimal;
}

/** Brackets never change, and every mark of a held symbol asks for them: each is read once. */
const terms = new WeakMap<LeverageBracket, BracketTerms>();

function termsOf(bracket: LeverageBracket): BracketTerms {
  const known = terms.get(bracket);
  if (known !== undefined) return known;
  const { notionalFloor, maintMarginRatio, cum } = bracket;
  const read = { floor: decimal(notionalFloor), ratio: decimal(maintMarginRatio), cum: decimal(cum) };
  terms.set(bracket, read);
  return read;
}

export function maintenanceMargin(state: ExchangeState, position: Position): Decimal {
  const notional = notionalAtMark(state, position).abs();
  const { ratio, cum } = termsOf(bracketFor(state, position.symbol, notional));
  return notional.times(ratio).minus(cum);
}

/**
 * Margin held for the opening orders of a symbol, or of one position side of it. In one-way mode orders against the position first close it and need margin
 * only for what would remain.
 */
export function openOrderMargin(state: ExchangeState, symbol: string, positionSide: PositionSide | null = null): Decimal {
  const held = heldQty(state, symbol, 'BOTH');
  let cover = held.abs();
  let total = ZERO;
  for (const order of openOrdersOf(state, symbol)) {
    if (isClosing(order) || (positionSide !== null && order.positionSide !== positionSide)) continue;
    let opening = remainingQty(order);
    if (opposes(order, held)) {
      const covered = min(opening, cover);
      cover = cover.minus(covered);
      opening = opening.minus(covered);
    }
    total = total.plus(marginFor(state, symbol, opening.times(order.price)));
  }
  return total;
}

/** Assets that margin `asset`: itself, or in multi-assets mode all. */
export function poolAssets(state: ExchangeState, asset: string): string[] {
  return state.multiAssets ? Object.keys(state.assets) : [asset];
}

export function positionsOf(state: ExchangeState, asset: string): Position[] {
  return livePositions(state).filter((position) => instrumentOf(state, position.symbol).marginAsset === asset);
}

export function isCrossed(state: ExchangeState, position: Position): boolean {
  return settingsOf(state, position.symbol).marginType === 'CROSSED';
}

/** Wallet less what isolated positions have set aside; `positions` are those of the asset. */
export function crossWallet(state: ExchangeState, asset: string, positions: readonly Position[] = positionsOf(state, asset)): Decimal {
  const isolated = sum(positions.map((position) => decimal(position.isolatedWallet)));
  return decimal(assetOf(state, asset).walletBalance).minus(isolated);
}

/** What can still be put into new positions of this margin asset, in that asset; negative when overdrawn. */
export function availableBalance(state: ExchangeState, asset: string): Decimal {
  if (!state.multiAssets) return availableOf(state, asset, false);
  const usd = sum(poolAssets(state, asset).map((member) => availableOf(state, member, true)));
  return divide(usd, decimal(assetOf(state, asset).usdRate), PLACES, 'down');
}

function availableOf(state: ExchangeState, asset: string, inUsd: boolean): Decimal {
  const positions = positionsOf(state, asset);
  const crossed = positions.filter((position) => isCrossed(state, position));
  const profit = sum(crossed.map((position) => unrealisedAtMark(state, position)));
  const positionMargin = sum(crossed.map((position) => marginFor(state, position.symbol, notionalAtMark(state, position))));
  const used = positionMargin.plus(orderMarginOf(state, asset)).minus(min(profit, ZERO));
  const wallet = crossWallet(state, asset, positions);
  if (!inUsd) return wallet.minus(used);
  const { usdRate, collateralRatio } = assetOf(state, asset);
  return wallet.times(usdRate).times(collateralRatio).minus(used.times(usdRate));
}

export function orderMarginOf(state: ExchangeState, asset: string): Decimal {
  const symbols = Object.keys(state.openOrders).filter((symbol) => instrumentOf(state, symbol).marginAsset === asset);
  return sum(symbols.map((symbol) => openOrderMargin(state, symbol)));
}

function opposes(order: Order, held: Decimal): boolean {
  if (order.positionSide !== 'BOTH') return false;
  return order.side === 'BUY' ? held.lt(ZERO) : held.gt(ZERO);
}
