import { type Decimal, ZERO, decimal } from '../money/decimal.ts';
import type { ExchangeState, Position, PositionSide } from './exchange-state.ts';
import type { Holding } from './position-ledger.ts';

const POSITION_SIDES: readonly PositionSide[] = ['LONG', 'SHORT', 'BOTH'];

/** The position's entry in the state, created flat at first use. */
export function positionFor(state: ExchangeState, symbol: string, positionSide: PositionSide): Position {
  const key = `${symbol}:${positionSide}`;
  const known = state.positions[key];
  if (known !== undefined) return known;
  const flat: Position = { symbol, positionSide, qty: '0', cost: '0', isolatedWallet: '0', updateTime: 0 };
  state.positions[key] = flat;
  return flat;
}

/** Signed quantity held, 0 when the position never existed. */
export function heldQty(state: ExchangeState, symbol: string, positionSide: PositionSide): Decimal {
  const position = state.positions[`${symbol}:${positionSide}`];
  return position === undefined ? ZERO : decimal(position.qty);
}

export function holdingOf(position: Position): Holding {
  return { qty: decimal(position.qty), cost: decimal(position.cost) };
}

export function isFlat(position: Position): boolean {
  // Asked of every position at every mark: no digit but 0 is a zero, however it is written.
  return position.qty === '0' || !/[1-9]/.test(position.qty);
}

/** Those of one symbol, in no more looks than it has sides: asked at every change of its mark. */
export function livePositionsOf(state: ExchangeState, symbol: string): Position[] {
  return POSITION_SIDES.flatMap((side) => {
    const position = state.positions[`${symbol}:${side}`];
    return position === undefined || isFlat(position) ? [] : [position];
  });
}

/** Positions with a quantity, in the order in which they were first opened. */
export function livePositions(state: ExchangeState): Position[] {
  return Object.values(state.positions).filter((position) => !isFlat(position));
}
