/**
 * What is deployed at a time and how its runs are composed: the settings in force, the keys it has, and the way of each
 * run to store, bus and venue. The same order of things as in compose: keys first, then the gated store, then the deps.
 */
import { gatedStore } from '../../functions/src/adapters/store-gated/gated-store.ts';
import type { EngineDeps } from '../../functions/src/app/engine-deps.ts';
import { deploymentOf } from '../../functions/src/app/probe/ask-venue.ts';
import { writeGate } from '../../functions/src/config/write-gate.ts';
import type { WriteGate } from '../../functions/src/config/write-gate.ts';
import { venueProbeOf } from '../../functions/src/domain/telemetry/venue-probe-of.ts';
import { createLog } from '../../functions/src/log/log.ts';
import type { Bus } from '../../functions/src/ports/bus.ts';
import type { Clock } from '../../functions/src/ports/clock.ts';
import type { Store } from '../../functions/src/ports/store.ts';
import type { Venue } from '../../functions/src/ports/venue.ts';
import type { FeatureFlags } from '../../functions/src/schema/feature-flags.ts';
import { VENUE_PROBE, VENUE_PROBE_ID } from '../../functions/src/schema/records/venue-probe.ts';
import { WRITE_GATE, WRITE_GATE_ID } from '../../functions/src/schema/records/write-gate.ts';
import type { EngineConfig } from '../../functions/src/schema/config/engine-config.ts';
import { TEST_IDENTITY, compiled, engineRun } from '../support/engine/engine-run.ts';
import type { Chaos } from './chaos.ts';
import { insist } from './insist.ts';
import { busOver, storeOver, venueOver } from './network.ts';
import type { Run } from './run.ts';
import type { Keys } from './scenario.ts';

const PROJECT = 'demo-simulation';

export interface Surroundings {
  readonly store: Store;
  readonly bus: Bus;
  readonly venue: Venue;
  /** True time; the engine's own clock differs from it by the skew. */
  readonly clock: Clock;
  readonly skewMs: number;
  readonly flags: FeatureFlags;
  readonly chaos: Chaos;
  /** Brings the market up to now. */
  readonly arrive: () => void;
  readonly note: (line: string) => void;
  readonly incident: (kind: string, summary: string) => void;
}

export function namespaceOf(keys: Keys): string {
  return keys === 'paper' ? 'paper' : 'prod';
}

/** What the operator has written by hand before the engine first runs. */
export async function turnSecondKey(store: Store, keys: Keys, now: number): Promise<void> {
  if (keys !== 'prod-both' && keys !== 'prod-no-variable' && keys !== 'prod-other-project') return;
  const projectId = keys === 'prod-other-project' ? 'another-project' : PROJECT;
  await insist(store, (writer) => writer.set(WRITE_GATE, WRITE_GATE_ID, { projectId, actor: 'operator', reason: 'simulation', changedAt: now }));
}

/** This engine has run here before, so the venue has been probed. */
export async function haveProbed(store: Store, keys: Keys, now: number): Promise<void> {
  if (keys === 'prod-no-variable') return;
  const probe = venueProbeOf({ venue: 'binance-usdm', askedFrom: TEST_IDENTITY.region, deployment: deploymentOf(TEST_IDENTITY), symbol: 'BTCUSDT', parts: [], probedAt: now });
  await insist(store, (writer) => writer.set(VENUE_PROBE, VENUE_PROBE_ID, probe));
}

async function gateOf(keys: Keys, store: Store): Promise<WriteGate> {
  const tradingEnv = keys === 'paper' ? 'paper' : 'prod';
  const environment = {
    tradingEnv,
    projectId: PROJECT,
    allowProdWrite: keys === 'prod-both' || keys === 'prod-no-document' || keys === 'prod-other-project',
    allowProdSync: keys === 'prod-sync-only',
  } as const;
  if (tradingEnv === 'paper') return writeGate(environment, { kind: 'absent' });
  const { control } = await store.get({ control: { collection: WRITE_GATE, id: WRITE_GATE_ID } });
  return writeGate(environment, control === null ? { kind: 'absent' } : { kind: 'found', projectId: control.projectId });
}

/** Everything one run gets. */
export async function compose(run: Run, keys: Keys, config: ReturnType<typeof compiled>, around: Surroundings): Promise<EngineDeps> {
  const { chaos, clock, skewMs } = around;
  const route = { run, chaos, clock };
  const gate = await gateOf(keys, around.store);
  const storeGate = gate.state.kind === 'open' ? { writes: 'allowed' as const, reason: '' } : { writes: 'refused' as const, reason: gate.state.reason };
  const engineClock: Clock = { now: () => clock.now() + skewMs, sleep: (ms) => run.received(clock.sleep(ms)) };
  const log = createLog((severity, message, fields) => around.note(`${run.id} ${severity} ${message} ${JSON.stringify(fields)}`));
  return {
    ...engineRun(config, {
      store: gatedStore(storeOver(route, around.store), storeGate, () => undefined),
      bus: busOver(route, around.bus),
      venue: venueOver(route, around.venue, config.config.runtime.deadlineMs, around.arrive),
      clock: engineClock,
      step: run.stepsWith(chaos),
      runId: run.id,
      flags: around.flags,
    }),
    orderGate: gate.orders,
    identity: { ...TEST_IDENTITY, recordGate: gate.state },
    log: {
      ...log,
      // A quiet tick says nothing about what went wrong.
      tickFinished: () => undefined,
      incidentRaised(kind, summary, action) {
        log.incidentRaised(kind, summary, action);
        around.incident(kind, summary);
      },
    },
  };
}

export type Deployed = ReturnType<typeof compiled>;

export function deployed(config: EngineConfig): Deployed {
  return compiled(config);
}
