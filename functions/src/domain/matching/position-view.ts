import { type Decimal, ZERO, decimal, divide, isNegative, isZero, max, sum, text } from '../money/decimal.ts';
import type { ExchangeState, MarginType, Position, PositionSide } from './exchange-state.ts';
import {
  bracketFor, crossWallet, isCrossed, maintenanceMargin, marginFor, notionalAtMark, openOrderMargin, positionsOf, unrealisedAtMark,
} from './margin.ts';
import { instrumentOf, marketOf, settingsOf } from './matching-context.ts';
import { holdingOf, isFlat } from './position-book.ts';
import { entryPrice } from './position-ledger.ts';

/** A position as the account holder sees it, valued at mark; decimal texts in the margin asset. */
export interface PositionView {
  readonly symbol: string;
  readonly positionSide: PositionSide;
  readonly positionAmt: string;
  readonly entryPrice: string;
  readonly markPrice: string;
  readonly unrealizedProfit: string;
  /** "0" when no price would liquidate it. */
  readonly liquidationPrice: string;
  readonly leverage: number;
  readonly marginType: MarginType;
  readonly isolatedWallet: string;
  /** Isolated wallet plus unrealised profit; "0" when crossed. */
  readonly isolatedMargin: string;
  readonly notional: string;
  readonly marginAsset: string;
  readonly initialMargin: string;
  readonly positionInitialMargin: string;
  readonly openOrderInitialMargin: string;
  readonly maintMargin: string;
  readonly updateTime: number;
}

export function viewPosition(state: ExchangeState, position: Position): PositionView {
  const { symbol, positionSide } = position;
  const { leverage, marginType } = settingsOf(state, symbol);
  const flat = isFlat(position);
  const profit = flat ? ZERO : unrealisedAtMark(state, position);
  const notional = flat ? ZERO : notionalAtMark(state, position);
  const margin = marginFor(state, symbol, notional);
  const orderMargin = openOrderMargin(state, symbol, positionSide);
  return {
    symbol,
    positionSide,
    positionAmt: position.qty,
    entryPrice: text(entryPrice(holdingOf(position))),
    markPrice: marketOf(state, symbol).markPrice ?? '0',
    unrealizedProfit: text(profit),
    liquidationPrice: flat ? '0' : text(liquidationPrice(state, position)),
    leverage,
    marginType,
    isolatedWallet: position.isolatedWallet,
    isolatedMargin: marginType === 'ISOLATED' ? text(decimal(position.isolatedWallet).plus(profit)) : '0',
    notional: text(notional),
    marginAsset: instrumentOf(state, symbol).marginAsset,
    initialMargin: text(margin.plus(orderMargin)),
    positionInitialMargin: text(margin),
    openOrderInitialMargin: text(orderMargin),
    maintMargin: flat ? '0' : text(maintenanceMargin(state, position)),
    updateTime: position.updateTime,
  };
}

/**
 * The mark at which the margin balance equals the maintenance margin, other positions held at their marks (single-asset margin):
 * P = (cost - wallet - other profit + other maintenance - cum) / (qty - |qty| x ratio).
 */
function liquidationPrice(state: ExchangeState, position: Position): Decimal {
  const qty = decimal(position.qty);
  const { maintMarginRatio, cum } = bracketFor(state, position.symbol, notionalAtMark(state, position));
  const slope = qty.minus(qty.abs().times(maintMarginRatio));
  if (isZero(slope)) return ZERO;
  const { wallet, profit, maintenance } = surroundings(state, position);
  const owed = decimal(position.cost).minus(wallet).minus(profit).plus(maintenance).minus(cum);
  return max(ZERO, divide(owed, slope, 8, isNegative(qty) ? 'down' : 'up'));
}

interface Surroundings {
  readonly wallet: Decimal;
  readonly profit: Decimal;
  readonly maintenance: Decimal;
}

function surroundings(state: ExchangeState, position: Position): Surroundings {
  if (!isCrossed(state, position)) return { wallet: decimal(position.isolatedWallet), profit: ZERO, maintenance: ZERO };
  const asset = instrumentOf(state, position.symbol).marginAsset;
  const positions = positionsOf(state, asset);
  const others = positions.filter((other) => other !== position && isCrossed(state, other));
  return {
    wallet: crossWallet(state, asset, positions),
    profit: sum(others.map((other) => unrealisedAtMark(state, other))),
    maintenance: sum(others.map((other) => maintenanceMargin(state, other))),
  };
}
