import type { PositionsState } from '../../schema/records/positions-state.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { Decimal } from '../money/decimal.ts';
import type { ProposedOrder } from './proposed-order.ts';
import { readPositive } from './read-decimal.ts';

/** What the venue last said about positions. */
export type PositionsReading =
  | { readonly kind: 'unavailable'; readonly cause: string }
  | {
      readonly kind: 'known';
      readonly ageSeconds: number;
      readonly ledgerDisagrees: boolean;
      /** Of the order's symbol and position side; null when flat or when the venue names none. */
      readonly liquidationPrice: Decimal | null;
    };

export function readPositions(record: PositionsState | null, order: ProposedOrder, asOf: EpochMs): PositionsReading {
  if (record === null) return { kind: 'unavailable', cause: 'never read' };
  if (record.health === 'unavailable') return { kind: 'unavailable', cause: 'last read failed' };
  const own = record.items.find((item) => item.symbol === order.symbol && item.positionSide === order.positionSide);
  return {
    kind: 'known',
    ageSeconds: Math.abs(asOf - record.valueAt) / 1000,
    ledgerDisagrees: record.ledgerAgrees === false,
    liquidationPrice: own === undefined || own.liquidationPrice === null ? null : readPositive(own.liquidationPrice),
  };
}
