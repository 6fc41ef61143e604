/** The stops a position should have at the venue, from the position, its exit rules and what its stop has been so far. */
import type { Instrument } from '../market/instrument.ts';
import { decimal, isPositive } from '../money/decimal.ts';
import type { Decimal } from '../money/decimal.ts';
import { quantizePriceProtective } from '../money/quantize.ts';
import type { KnownStop, StopKind, StopRequest } from '../order/protective-stop.ts';
import type { ExitRules } from '../../schema/config/strategies-config.ts';
import type { ProtectionRecord } from '../../schema/records/protection.ts';
import type { OpenExposure } from '../../schema/records/risk-state.ts';
import { firstStopId, stopId } from './stop-id.ts';
import { moved, trailedTrigger } from './trailing-stop.ts';
import type { Trail } from './trailing-stop.ts';

/** Under its first name: the same wish has the same one after any restart. */
export type WantedStop = Omit<StopRequest, 'armedAt'>;

/**
 * Trigger = average entry × (1 ∓ percent / 100), or where the stop has been trailed to, rounded to the tick towards the
 * earlier exit for a loss. Empty when the rules set no level.
 */
export function wantedStops(exposure: OpenExposure, rules: ExitRules, instrument: Instrument, trail: Trail): readonly WantedStop[] {
  const fixed = levelOf(exposure, 'stopLoss', rules.stopLossPct);
  const stopLoss = rules.trailing === null ? fixed : trailedTrigger(exposure, fixed, rules.trailing, trail);
  return [
    ...stopAt(exposure, 'stopLoss', stopLoss, instrument),
    ...stopAt(exposure, 'takeProfit', levelOf(exposure, 'takeProfit', rules.takeProfitPct), instrument),
  ];
}

function levelOf(exposure: OpenExposure, kind: StopKind, pct: number | null): Decimal | null {
  return pct === null ? null : moved(decimal(exposure.averageEntryPrice), pct, (kind === 'takeProfit') === (exposure.positionSide === 'long'));
}

function stopAt(exposure: OpenExposure, kind: StopKind, level: Decimal | null, { tickSize }: Instrument): readonly WantedStop[] {
  if (level === null) return [];
  const { symbol, positionSide } = exposure;
  // A long is closed by a sell, rounded up; a short by a buy, rounded down.
  const triggerPrice = quantizePriceProtective(level, tickSize, positionSide === 'long' ? 'sell' : 'buy');
  if (!isPositive(triggerPrice)) return [];
  return [{ clientStopId: stopId(exposure, kind, triggerPrice), symbol, positionSide, kind, triggerPrice }];
}

/**
 * Where the stop of this very position stands: what rests at the venue is recognised by its derived id, without any record;
 * the record stands in for one that is gone from there.
 */
export function trailOf(exposure: OpenExposure, atVenue: readonly KnownStop[], record: ProtectionRecord | null): Trail {
  const ours = record !== null && record.openedAt === exposure.openedAt ? record : null;
  const resting = atVenue.find(
    ({ status, symbol, triggerPrice, clientStopId }) => status === 'working' && symbol === exposure.symbol && triggerPrice !== null && firstStopId(clientStopId) === stopId(exposure, 'stopLoss', triggerPrice),
  );
  const recorded = ours?.resting.find((stop) => stop.kind === 'stopLoss')?.triggerPrice;
  return {
    bestPrice: ours === null || ours.bestPrice === null ? null : decimal(ours.bestPrice),
    trigger: resting?.triggerPrice ?? (recorded === undefined ? null : decimal(recorded)),
  };
}
