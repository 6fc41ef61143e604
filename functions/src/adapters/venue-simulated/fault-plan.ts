/**
 * Where a test or a seed decides what goes wrong between us and the exchange.
 *
 * before: the request has not reached the exchange. after: it has been executed, only the answer is at stake.
 * lost: no answer, so a mutation is ambiguous. error: the exchange says no without executing (before), or the answer
 * is unreadable (after). late (before): the request is on its way and is executed at the last moment of its receive
 * window, so that looking for it any earlier finds nothing. Reads have no effect to lose: every fault makes them unavailable.
 */
import type { Venue } from '../../ports/venue.ts';

export type VenueCall = Exclude<keyof Venue, 'receiveWindowMs'>;
export type FaultPhase = 'before' | 'after';
export type Fault = 'none' | 'lost' | 'error' | 'late';
export type FaultPlan = (call: VenueCall, phase: FaultPhase) => Fault;

export const noFaults: FaultPlan = () => 'none';
