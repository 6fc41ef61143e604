import { price } from '../../../functions/src/domain/money/units.ts';
import type { StopOutcome, StopRequest, VenueStop } from '../../../functions/src/domain/order/protective-stop.ts';
import { T0 } from '../../unit/domain/matching/exchange-builder.ts';

/** A stop loss for the BTC long at 49000 unless told otherwise. */
export function stopLoss(over: Partial<Omit<StopRequest, 'triggerPrice'>> & { readonly at?: string } = {}): StopRequest {
  const { at = '49000', ...rest } = over;
  return { clientStopId: 'pc-stop-1', symbol: 'BTCUSDT', positionSide: 'long', kind: 'stopLoss', triggerPrice: price(at), armedAt: T0, ...rest };
}

/** A take profit for the BTC long at 51000 unless told otherwise. */
export function takeProfit(over: Parameters<typeof stopLoss>[0] = {}): StopRequest {
  return stopLoss({ clientStopId: 'pc-take-1', kind: 'takeProfit', at: '51000', ...over });
}

export function resting(outcome: StopOutcome): VenueStop {
  if (outcome.kind !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(outcome)}`);
  return outcome.stop;
}
