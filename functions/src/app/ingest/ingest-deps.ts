import type { EngineDeps } from '../engine-deps.ts';
import type { Budgets } from '../requests/budgets.ts';

/** What a signal needs before it is worth opening a venue for. */
export interface IngestDeps extends Pick<EngineDeps, 'store' | 'clock' | 'config' | 'log' | 'step' | 'costs'> {
  /** Production keeps records only when it is told to. */
  readonly recordGate: { readonly kind: 'open' } | { readonly kind: 'closed'; readonly reason: string };
  readonly budgets: Budgets;
  readonly openEngine: () => Promise<EngineDeps>;
}
