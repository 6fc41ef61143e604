/** The link between the adapter and the exchange, where the fault plan strikes. */
import type { Clock } from '../../ports/clock.ts';
import type { Reading } from '../../domain/found.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { FaultPlan, VenueCall } from './fault-plan.ts';

export type Delivery<T> =
  | { readonly kind: 'answered'; readonly value: T }
  | { readonly kind: 'ambiguous'; readonly cause: string }
  /** Certainly not executed. */
  | { readonly kind: 'notExecuted'; readonly cause: string };

export interface FaultyLink {
  /** Runs `mutate` on the exchange unless a fault or the receive window of a request signed at `signedAt` keeps it out. */
  deliver<T>(call: VenueCall, signedAt: EpochMs, mutate: (now: EpochMs) => T): Delivery<T>;
  read<T>(call: VenueCall, look: (now: EpochMs) => T): Reading<T>;
}

interface LateRequest {
  readonly arrivesAt: EpochMs;
  readonly run: (now: EpochMs) => void;
}

export function createFaultyLink(clock: Clock, plan: FaultPlan, receiveWindowMs: number): FaultyLink {
  let late: LateRequest[] = [];

  const letLateOnesArrive = (now: EpochMs): void => {
    const arrived = late.filter(({ arrivesAt }) => arrivesAt <= now);
    late = late.filter(({ arrivesAt }) => arrivesAt > now);
    for (const { run } of arrived) run(now);
  };

  return {
    deliver(call, signedAt, mutate) {
      const now = clock.now();
      letLateOnesArrive(now);
      const validUntil = signedAt + receiveWindowMs;
      if (now > validUntil) return { kind: 'notExecuted', cause: `${call}: signed at ${signedAt}, outside the receive window at ${now}` };
      const before = plan(call, 'before');
      if (before === 'error') return { kind: 'notExecuted', cause: `${call}: the exchange is overloaded` };
      if (before === 'late') late.push({ arrivesAt: validUntil, run: mutate });
      if (before !== 'none') return { kind: 'ambiguous', cause: `${call}: no answer` };
      const value = mutate(now);
      return plan(call, 'after') === 'none' ? { kind: 'answered', value } : { kind: 'ambiguous', cause: `${call}: the answer was lost` };
    },
    read(call, look) {
      const now = clock.now();
      letLateOnesArrive(now);
      if (plan(call, 'before') !== 'none' || plan(call, 'after') !== 'none') return { kind: 'unavailable', cause: `${call}: no answer` };
      return { kind: 'found', value: look(now), asOf: now };
    },
  };
}
