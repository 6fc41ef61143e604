import type { EngineConfig } from '../../schema/config/engine-config.ts';

/** How an approved intent is worked, in milliseconds and exact ticks: the compiled form of router.json. */
export interface RoutingRules {
  readonly makerFirst: boolean;
  readonly exitsGoTaker: boolean;
  /** How long a maker attempt rests before it is cancelled. */
  readonly makerRestMs: number;
  readonly makerOffsetTicks: number;
  /** Further maker attempts after a post-only refusal. */
  readonly maxRequotes: number;
  /** The taker's limit is at most this far through the best opposite price. */
  readonly takerCollarBps: number;
  readonly pollMs: number;
  readonly maxAttempts: number;
  /** How late after arming a request may still reach the venue: receive window plus clock margin. */
  readonly invalidAfterMs: number;
}

/** The venue refuses a request older than this; every adapter signs with it. */
export const RECEIVE_WINDOW_MS = 5000;

/** Every attempt of an intent, requotes, repeats after proven absence and exits that go through at last included. */
const MAX_ATTEMPTS = 8;

export function routingRules({ router, runtime }: Pick<EngineConfig, 'router' | 'runtime'>): RoutingRules {
  return {
    makerFirst: router.makerFirst,
    exitsGoTaker: router.exitsGoTaker,
    makerRestMs: router.makerRestSeconds * 1000,
    makerOffsetTicks: router.makerOffsetTicks,
    maxRequotes: router.maxRequotes,
    takerCollarBps: router.takerCollarBps,
    pollMs: router.pollSeconds * 1000,
    maxAttempts: MAX_ATTEMPTS,
    invalidAfterMs: RECEIVE_WINDOW_MS + runtime.clockMarginMs,
  };
}
