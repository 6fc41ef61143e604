/**
 * Which orders would bring positions to flat, from what the venue holds and what our ledger says. Pure.
 *
 * 1. The venue's own figure counts wherever it is known, so positions that our ledger has never seen are closed too and
 *    one that is gone already is not. Only when the venue cannot be read does the ledger stand in: exits go on.
 * 2. No close asks for more than is held less what exits under way are closing: together they never over-close.
 */
import type { HeldPosition } from '../account/held-now.ts';
import type { Decimal } from '../money/decimal.ts';
import { decimal, isPositive, sum, text } from '../money/decimal.ts';
import { isEntry } from '../risk/order-reading.ts';
import { positionKey } from '../../schema/records/position.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import type { PositionSide } from '../../schema/scalars.ts';

/** Null is every symbol, or both sides. */
export interface FlattenScope {
  readonly symbol: string | null;
  readonly positionSide: PositionSide | null;
}

export interface Close {
  readonly symbol: string;
  readonly positionSide: PositionSide;
  /** Base asset. */
  readonly qty: Decimal;
  /** Last known mark, quote per base. */
  readonly markPrice: Decimal;
}

export interface FlattenPlan {
  readonly close: readonly Close[];
  /** Positions in scope that need nothing, and why. */
  readonly skipped: readonly { readonly symbol: string; readonly positionSide: PositionSide; readonly reason: string }[];
}

/** `held` is null when the venue's positions could not be read. */
export function planFlatten(risk: RiskState, held: readonly HeldPosition[] | null, scope: FlattenScope): FlattenPlan {
  const close: Close[] = [];
  const skipped: FlattenPlan['skipped'][number][] = [];
  for (const line of held === null ? ledgerLines(risk) : venueLines(risk, held)) {
    if (!isInScope(line, scope)) continue;
    const { symbol, positionSide } = line;
    const closing = closingQty(risk, line);
    const qty = line.qty.minus(closing);
    if (isPositive(qty)) close.push({ ...line, qty });
    else if (isPositive(line.qty)) skipped.push({ symbol, positionSide, reason: `${text(closing)} of ${text(line.qty)} is being closed already` });
    else skipped.push({ symbol, positionSide, reason: 'the venue holds nothing; the ledger follows with the next sync' });
  }
  return { close, skipped };
}

export function isInScope({ symbol, positionSide }: { readonly symbol: string; readonly positionSide: PositionSide }, scope: FlattenScope): boolean {
  return (scope.symbol === null || scope.symbol === symbol) && (scope.positionSide === null || scope.positionSide === positionSide);
}

function ledgerLines({ exposures }: RiskState): readonly Close[] {
  return Object.values(exposures).map(({ symbol, positionSide, qty, markPrice }) => ({ symbol, positionSide, qty: decimal(qty), markPrice: decimal(markPrice) }));
}

/** What the venue holds, then what only our ledger knows of, at zero. */
function venueLines(risk: RiskState, held: readonly HeldPosition[]): readonly Close[] {
  const keys = new Set(held.map((position) => positionKey(position.symbol, position.positionSide)));
  const onlyOurs = ledgerLines(risk).filter(({ symbol, positionSide }) => !keys.has(positionKey(symbol, positionSide)));
  return [
    ...held.map(({ symbol, positionSide, qty, markPrice }) => ({ symbol, positionSide, qty, markPrice })),
    ...onlyOurs.map((line) => ({ ...line, qty: decimal('0') })),
  ];
}

function closingQty({ reservations }: RiskState, { symbol, positionSide }: Close): Decimal {
  const exits = Object.values(reservations).filter((line) => line.symbol === symbol && line.positionSide === positionSide && !isEntry(line.purpose));
  return sum(exits.map((line) => decimal(line.qty)));
}
