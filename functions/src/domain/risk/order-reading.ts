/** Parses a proposed order. What entries need beyond exits (leverage, signal) cannot make an exit unsound. */
import { decimal } from '../money/decimal.ts';
import type { Decimal } from '../money/decimal.ts';
import { asPrice, asQty, notionalOf } from '../money/units.ts';
import type { Notional, Price, Qty } from '../money/units.ts';
import type { EpochMs, PositionSide, Purpose, Side } from '../../schema/scalars.ts';
import type { ProposedOrder } from './proposed-order.ts';
import { readPositive } from './read-decimal.ts';

export interface SoundOrder {
  readonly kind: 'sound';
  readonly qty: Qty;
  readonly price: Price;
  readonly notionalUsd: Notional;
  /** Exact; one for exits, which need none. */
  readonly leverage: Decimal;
}

/** The first field that cannot be used, and what stood there. */
export interface UnsoundOrder {
  readonly kind: 'unsound';
  readonly field: 'side' | 'qty' | 'price' | 'leverage' | 'signalAt' | 'expectedEdgeBps';
  readonly observed: string;
}

export type OrderReading = SoundOrder | UnsoundOrder;

export function isEntry(purpose: Purpose): boolean {
  return purpose === 'open' || purpose === 'increase';
}

function sideOf(positionSide: PositionSide, purpose: Purpose): Side {
  return (positionSide === 'long') === isEntry(purpose) ? 'buy' : 'sell';
}

/** A signal may be ahead of our clock by `clockMarginMs`: its time is the venue's or a schedule's, and the clocks differ. */
export function readOrder(order: ProposedOrder, asOf: EpochMs, clockMarginMs: number): OrderReading {
  if (order.side !== sideOf(order.positionSide, order.purpose)) return unsound('side', order.side);
  const qty = readPositive(order.qty);
  if (qty === null) return unsound('qty', order.qty);
  const price = readPositive(order.price);
  if (price === null) return unsound('price', order.price);
  const leverage = isEntry(order.purpose) ? readLeverage(order.leverage) : ONE_TIME;
  if (leverage === null) return unsound('leverage', String(order.leverage));
  if (isEntry(order.purpose)) {
    const { signalAt, expectedEdgeBps } = order;
    if (signalAt !== null && !(signalAt <= asOf + clockMarginMs)) return unsound('signalAt', String(signalAt));
    if (expectedEdgeBps !== null && !Number.isFinite(expectedEdgeBps)) return unsound('expectedEdgeBps', String(expectedEdgeBps));
  }
  return { kind: 'sound', qty: asQty(qty), price: asPrice(price), notionalUsd: notionalOf(asQty(qty), asPrice(price)), leverage };
}

const ONE_TIME = decimal('1');
/** Config knows leverage from 1 to 125; below that a plain decimal text is certain. */
const readLeverage = (leverage: number): Decimal | null => (leverage > 0 && Number.isFinite(leverage) ? readPositive(String(leverage)) : null);

function unsound(field: UnsoundOrder['field'], observed: string): UnsoundOrder {
  return { kind: 'unsound', field, observed };
}
