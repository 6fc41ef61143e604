import type { EpochMs, PositionSide, Purpose, Side } from '../../schema/scalars.ts';

/** An order as it asks for leave: final, filter-rounded, in the text of its record. Nothing in it is trusted yet. */
export interface ProposedOrder {
  readonly intentId: string;
  readonly symbol: string;
  readonly side: Side;
  readonly positionSide: PositionSide;
  readonly purpose: Purpose;
  /** Exact decimals: base asset, and quote per base. */
  readonly qty: string;
  readonly price: string;
  readonly leverage: number;
  /** Whose signal is behind it; null when no strategy is (an operator, a protection). */
  readonly strategy: string | null;
  /** Close of the candle behind it; null when no candle is (an operator, a protection). */
  readonly signalAt: EpochMs | null;
  /** Expected gain of the trade before fees, in basis points of notional; null when nobody has estimated it. */
  readonly expectedEdgeBps: number | null;
}
