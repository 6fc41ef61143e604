/** What the verbs of operators need. The venue is not among it: trading can be halted when the venue cannot be reached. */
import type { EngineDeps } from '../engine-deps.ts';
import type { FlattenRequest, FlattenResult } from '../exits/flatten.ts';
import type { Inspected } from '../inspect/inspected.ts';
import type { VenueReach } from '../probe/ask-venue.ts';
import type { Budgets } from '../requests/budgets.ts';

export interface ControlDeps extends Pick<EngineDeps, 'store' | 'clock' | 'config' | 'orderGate' | 'log' | 'step' | 'costs'>, Pick<Inspected, 'engineVersion' | 'configHash'> {
  /** Where the records are, in words for people. */
  readonly place: string;
  /** Production keeps records only when it is told to. */
  readonly recordGate: { readonly kind: 'open' } | { readonly kind: 'closed'; readonly reason: string };
  readonly budgets: Budgets;
  readonly openReach: () => Promise<VenueReach>;
  readonly flatten: (request: FlattenRequest) => Promise<FlattenResult>;
}

export const ROLES = ['operator', 'viewer'] as const;

/** Somebody who has proved who they are and may at least look. */
export interface Caller {
  readonly uid: string;
  readonly name: string;
  readonly role: (typeof ROLES)[number];
}
