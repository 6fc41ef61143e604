import type { RouteSample } from '../../../functions/src/schema/records/router-bucket.ts';
import { NOW } from '../../unit/domain/risk/scenario.ts';

/** An entry of 1,000 dollars that rested and filled whole, at 2 basis points under the mid, acknowledged in 50 ms. */
export function aRouteSample(changes: Partial<RouteSample> = {}): RouteSample {
  return {
    symbol: 'BTCUSDT',
    endedAt: NOW - 60_000,
    isMakerStart: true,
    usedFallback: false,
    rejections: 0,
    executedNotionalUsd: 1000,
    makerNotionalUsd: 1000,
    slippageBps: -2,
    ackLatencyMs: 50,
    ...changes,
  };
}

/** It rested for nothing and was taken. */
export function aFallback(changes: Partial<RouteSample> = {}): RouteSample {
  return aRouteSample({ usedFallback: true, makerNotionalUsd: 0, slippageBps: 3, ...changes });
}

/** It was taken from the start. */
export function aTaker(changes: Partial<RouteSample> = {}): RouteSample {
  return aRouteSample({ isMakerStart: false, makerNotionalUsd: 0, slippageBps: 3, ...changes });
}
