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
