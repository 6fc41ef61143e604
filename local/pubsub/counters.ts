/** What happened since the server started. */
export interface Counters {
  /** Messages that topics accepted, forwarded dead letters included. */
  published: number;
  /** Hand-overs to consumers, copies by a duplicate fault included. */
  delivered: number;
  acked: number;
  nacked: number;
  /** Ack deadlines that passed. */
  expired: number;
  deadLettered: number;
  rpcs: number;
}

export const newCounters = (): Counters => ({
  published: 0,
  delivered: 0,
  acked: 0,
  nacked: 0,
  expired: 0,
  deadLettered: 0,
  rpcs: 0,
});
