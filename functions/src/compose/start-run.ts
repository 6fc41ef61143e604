/** What one run of a use case is given. What belongs to it alone (its id, the production gate) is built per run. */
import { JobCost } from '../adapters/cost-process/job-cost.ts';
import { ProcessorTime } from '../adapters/cost-process/processor-time.ts';
import { gatedStore } from '../adapters/store-gated/gated-store.ts';
import type { StoreWriteGate } from '../adapters/store-gated/gated-store.ts';
import { emptyTally, meteredStore } from '../adapters/store-metered/metered-store.ts';
import type { EngineDeps } from '../app/engine-deps.ts';
import { parseAlertSinks } from '../config/alert-sinks.ts';
import { writeGate } from '../config/write-gate.ts';
import type { OrderGate, WriteGate } from '../config/write-gate.ts';
import type { EngineIdentity } from '../domain/telemetry/engine-identity.ts';
import type { AlertSinks } from '../ports/alert-sink.ts';
import type { Store } from '../ports/store.ts';
import type { Venue } from '../ports/venue.ts';
import type { EngineJob } from '../schema/records/run-cost.ts';
import { host, startLog } from './host.ts';
import { openBus } from './open-bus.ts';
import { openStore, readSecondKey } from './open-store.ts';
import { isPaperAccount, openVenue } from './open-venue.ts';
import { VENUE_NAME, engineConfig, environment, hash, limits, routing, shadow, version } from './settings.ts';

const processor = new ProcessorTime(() => host().cpuMs());
/** Of the whole process, whatever runs share it; deployed, a process has one job. */
const meters = new Map<EngineJob, ReturnType<typeof newMeter>>();

function newMeter() {
  const tally = emptyTally();
  return { tally, cost: new JobCost(() => tally, processor, () => host().clock.now()) };
}

function meterOf(job: EngineJob): ReturnType<typeof newMeter> {
  const meter = meters.get(job) ?? newMeter();
  meters.set(job, meter);
  return meter;
}

/** Everything one run of a use case needs. `credentials` is asked only when the venue is first built, `alertSinks` when somebody is to be told. */
export async function startRun(job: EngineJob, credentials: () => unknown, alertSinks: () => string = () => '{}'): Promise<EngineDeps> {
  const records = await startRecords(job);
  try {
    return { ...(await openEngine(records, credentials)), openSinks: () => openSinks(alertSinks()) };
  } catch (error) {
    records.costs.end();
    throw error;
  }
}

/** Whoever is named in config and in the secret. Throws ConfigError for a secret that is not well formed. */
async function openSinks(secret: string): Promise<AlertSinks> {
  const { createHttpSinks } = await import('../adapters/alerts-http/create-http-sinks.ts');
  return createHttpSinks(parseAlertSinks(secret), host().clock, engineConfig().runtime.alerts.deliverySeconds * 1000);
}

/** What every run has before it has a venue: its records, and what may be written to them. */
export interface Records extends Pick<EngineDeps, 'store' | 'clock' | 'config' | 'limits' | 'orderGate' | 'log' | 'step' | 'costs' | 'runId'> {
  readonly job: EngineJob;
  readonly documents: Store;
  readonly gate: WriteGate;
  /** The same venue, whose calls count as this job's. */
  readonly metered: (venue: Venue) => Venue;
}

export async function startRecords(job: EngineJob): Promise<Records> {
  const runId = host().newRunId();
  const log = startLog();
  const { tally, cost } = meterOf(job);
  const costs = cost.begin();
  const documents = meteredStore(await openStore(runId), tally);
  const gate = writeGate(environment(), await readSecondKey(documents));
  const store = gatedStore(documents, storeGate(gate), ({ reason, writes }) =>
    log.writeRefused(reason, writes.map((write) => `${write.collection}/${write.id}`)),
  );
  return { job, store, documents, gate, clock: host().clock, config: engineConfig(), limits: limits(), orderGate: gate.orders, log, step: host().step, costs, runId, metered: (venue) => cost.metered(venue) };
}

/** Those that end intents, decide candles or take signals. What they would drop over a key that could not be read stays dropped. */
const DECIDES: ReadonlySet<EngineJob> = new Set(['screen', 'execute', 'confirm', 'ingest']);

/** With the venue, which is opened here; tells nobody of alerts. Throws where a job that decides does not know whether orders are allowed: it is run again, and sync keeps records meanwhile. */
export async function openEngine({ job, documents, gate, metered, ...records }: Records, credentials: () => unknown): Promise<EngineDeps> {
  if (DECIDES.has(job)) insistKnown(job, gate.orders);
  return { ...records, venue: metered(await openVenue(credentials, gate, documents)), bus: await openBus(gate, records.log), routing: routing(), flags: environment().flags, shadow: shadow(), identity: identityOf(gate), venueName: VENUE_NAME, openSinks: noSinks };
}

function insistKnown(job: EngineJob, orders: OrderGate): void {
  if (orders.kind === 'open' || orders.isKnown) return;
  throw new Error(`${job} decides nothing now: ${orders.reason}; it is tried again. If it stays so, see whether the engine may read Firestore, and write the document as docs/deploy.md says`);
}

/** Runs that tell nobody. */
const noSinks = (): Promise<AlertSinks> => Promise.resolve(new Map());

function identityOf({ state }: WriteGate): EngineIdentity {
  const { tradingEnv, namespace, projectId, region, allowProdWrite, allowProdSync } = environment();
  return { engineVersion: version(), configHash: hash(), tradingEnv, namespace, projectId, region, allowProdWrite, allowProdSync, nodeVersion: process.version, recordGate: state, accountIsOurs: isPaperAccount(environment()) };
}

function storeGate({ state }: WriteGate): StoreWriteGate {
  return state.kind === 'open' ? { writes: 'allowed', reason: '' } : { writes: 'refused', reason: state.reason };
}
