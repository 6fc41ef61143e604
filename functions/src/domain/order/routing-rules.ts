import type { EngineConfig } from '../../schema/config/engine-config.ts';
import type { RouterConfig } from '../../schema/config/router-config.ts';
import { decimal } from '../money/decimal.ts';
import type { Decimal } from '../money/decimal.ts';

/** How an approved intent is worked, in milliseconds and exact ticks: the compiled form of router.json. */
export interface RoutingRules {
  readonly exitsGoTaker: boolean;
  /** How long a maker attempt rests before it is cancelled. */
  readonly makerRestMs: number;
  /** Further maker attempts after a post-only refusal. */
  readonly maxRequotes: number;
  /** The taker's limit is at most this far through the best opposite price. */
  readonly takerCollarBps: number;
  readonly pollMs: number;
  /** Of one slice; of an exit, those that have reached the venue. */
  readonly maxAttempts: number;
  /** How late after arming a request may still reach the venue: receive window plus clock margin. */
  readonly invalidAfterMs: number;
  /** Null when nothing is sliced. */
  readonly slicing: SlicingRules | null;
}

/** TWAP: which entries are spread over time, and how. */
export interface SlicingRules {
  readonly minNotional: Decimal;
  /** At most. */
  readonly slices: number;
  readonly intervalMs: number;
  /** What the last slice needs from its start to its end. */
  readonly workMs: number;
}

/** The venue refuses a request older than this; every adapter signs with it. */
export const RECEIVE_WINDOW_MS = 5000;

/** Every attempt of a slice, requotes and exits that go through at last included; of entries also repeats after proven absence. */
const MAX_ATTEMPTS = 8;

export function routingRules({ router, runtime }: Pick<EngineConfig, 'router' | 'runtime'>): RoutingRules {
  return {
    exitsGoTaker: router.exitsGoTaker,
    makerRestMs: router.makerRestSeconds * 1000,
    maxRequotes: router.maxRequotes,
    takerCollarBps: router.takerCollarBps,
    pollMs: router.pollSeconds * 1000,
    maxAttempts: MAX_ATTEMPTS,
    invalidAfterMs: RECEIVE_WINDOW_MS + runtime.clockMarginMs,
    slicing: slicingRules(router),
  };
}

function slicingRules(router: RouterConfig): SlicingRules | null {
  if (router.twapMinNotionalUsd === null) return null;
  return {
    minNotional: decimal(String(router.twapMinNotionalUsd)),
    slices: router.twapSlices,
    intervalMs: router.twapIntervalSeconds * 1000,
    workMs: (router.makerRestSeconds * (router.maxRequotes + 1) + router.pollSeconds) * 1000,
  };
}
