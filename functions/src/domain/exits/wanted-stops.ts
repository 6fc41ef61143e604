/** The stops a position should have at the venue, from the position and its strategy's config alone. */
import { derivedId } from '../identity/derived-id.ts';
import type { Instrument } from '../market/instrument.ts';
import { decimal, isPositive, text } from '../money/decimal.ts';
import { quantizePriceProtective } from '../money/quantize.ts';
import type { StopKind, StopRequest } from '../order/protective-stop.ts';
import type { StrategyConfig } from '../../schema/config/strategies-config.ts';
import { positionKey } from '../../schema/records/position.ts';
import type { OpenExposure } from '../../schema/records/risk-state.ts';

/** Its id is derived from position, kind and price: the same wish has the same id after any restart. */
export type WantedStop = Omit<StopRequest, 'armedAt'>;

/** Every stop of ours begins with this, so that others' are never touched. */
export const STOP_PREFIX = 'pcs-';

/**
 * Trigger = average entry × (1 ∓ percent / 100), rounded to the tick towards the earlier exit for a loss. Empty when the
 * strategy sets no level, or when the position is nobody's: there is no config to derive one from.
 */
export function wantedStops(exposure: OpenExposure, strategies: readonly StrategyConfig[], instrument: Instrument): readonly WantedStop[] {
  const exit = strategies.find((strategy) => strategy.name === exposure.strategy)?.exit;
  if (exit === undefined) return [];
  return [
    ...levelOf(exposure, 'stopLoss', exit.stopLossPct, instrument),
    ...levelOf(exposure, 'takeProfit', exit.takeProfitPct, instrument),
  ];
}

function levelOf(exposure: OpenExposure, kind: StopKind, pct: number | null, instrument: Instrument): readonly WantedStop[] {
  if (pct === null) return [];
  const { symbol, positionSide } = exposure;
  const away = (kind === 'takeProfit') === (positionSide === 'long');
  const share = decimal(String(pct)).times('0.01');
  const factor = away ? share.plus('1') : decimal('1').minus(share);
  // A long is closed by a sell, rounded up; a short by a buy, rounded down.
  const triggerPrice = quantizePriceProtective(decimal(exposure.averageEntryPrice).times(factor), instrument.tickSize, positionSide === 'long' ? 'sell' : 'buy');
  if (!isPositive(triggerPrice)) return [];
  const id = derivedId('stop', positionKey(symbol, positionSide), exposure.openedAt, kind, text(triggerPrice));
  return [{ clientStopId: `${STOP_PREFIX}${id}`, symbol, positionSide, kind, triggerPrice }];
}
