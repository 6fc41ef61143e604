/** What a use case needs from outside. Built by compose alone, one per run. */
import type { RoutingRules } from '../domain/order/routing-rules.ts';
import type { RiskLimits } from '../domain/risk/limits.ts';
import type { ShadowRules } from '../domain/shadow/shadow-pairs.ts';
import type { EngineIdentity } from '../domain/telemetry/engine-identity.ts';
import type { Log } from '../log/log.ts';
import type { AlertSinks } from '../ports/alert-sink.ts';
import type { Bus } from '../ports/bus.ts';
import type { Clock } from '../ports/clock.ts';
import type { CostMeter } from '../ports/cost-meter.ts';
import type { Store } from '../ports/store.ts';
import type { Venue } from '../ports/venue.ts';
import type { EngineConfig } from '../schema/config/engine-config.ts';
import type { FeatureFlags } from '../schema/feature-flags.ts';
import type { Step } from './step.ts';

export interface EngineDeps {
  readonly store: Store;
  readonly venue: Venue;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly config: EngineConfig;
  /** Compiled once from `config`. */
  readonly limits: RiskLimits;
  readonly routing: RoutingRules;
  /** Parsed once per process. */
  readonly flags: FeatureFlags;
  /** A second configuration to judge signals by; null while both shadow flags are off. */
  readonly shadow: (ShadowRules & { readonly configHash: string }) | null;
  /** Name of the venue, the id of its metadata document. */
  readonly venueName: string;
  /** Orders: the first of production's two keys and its absence elsewhere are decided before the engine is built. */
  readonly orderGate: { readonly kind: 'open' } | { readonly kind: 'closed'; readonly reason: string };
  /** What the reports say of it. */
  readonly identity: EngineIdentity;
  /** Asked when there is something to tell. Throws ConfigError for a secret that is not well formed. */
  readonly openSinks: () => Promise<AlertSinks>;
  readonly log: Log;
  readonly step: Step;
  readonly costs: CostMeter;
  /** Unique to this run: it holds leases, so no two runs may ever share it. */
  readonly runId: string;
}
