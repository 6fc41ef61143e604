import type { Decimal } from '../money/decimal.ts';
import { text } from '../money/decimal.ts';
import { plusText } from '../money/plus-text.ts';
import { tallied } from '../money/tally.ts';
import type { VenueFill } from '../order/venue-order.ts';
import { applyExposure, shrinkReservation } from '../risk/reservations.ts';
import { noteFill } from '../risk/risk-windows.ts';
import type { PositionRecord } from '../../schema/records/position.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';

/** What one fill cost and made, in dollars. */
export interface FillResult {
  readonly feeUsd: Decimal;
  /** FIFO, gross of fees. */
  readonly realizedPnlUsd: Decimal;
}

/** Moves quantity from the intent's reservation (null: nobody reserved it) to the exposure of what it moved, and grows the sums. */
export function riskAfterFill(risk: RiskState, intentId: string | null, fill: VenueFill, moved: readonly PositionRecord[], result: FillResult): RiskState {
  const { totals } = risk;
  const shrunk = intentId === null ? risk : shrinkReservation(risk, intentId, fill.qty);
  const exposed = moved.reduce((state, position) => applyExposure(state, position, { price: text(fill.price), filledAt: fill.filledAt }), shrunk);
  return {
    ...noteFill(exposed, fill.symbol, fill.filledAt),
    symbolDay: { ...risk.symbolDay, resultUsdBySymbol: tallied(risk.symbolDay.resultUsdBySymbol, fill.symbol, result.realizedPnlUsd.minus(result.feeUsd)) },
    totals: {
      fills: totals.fills + 1,
      makerFills: totals.makerFills + (fill.isMaker ? 1 : 0),
      realizedPnlUsd: plusText(totals.realizedPnlUsd, result.realizedPnlUsd),
      venueRealizedPnlUsd: plusText(totals.venueRealizedPnlUsd, fill.realizedPnl),
      feesUsd: plusText(totals.feesUsd, result.feeUsd),
      feesByAsset: tallied(totals.feesByAsset, fill.feeAsset, fill.feeAmount),
    },
  };
}
