/**
 * The only place that builds adapters. What is dear is built once per process and only when first needed; what belongs
 * to one run (its id, the production gate) is built per run.
 */
import { randomUUID } from 'node:crypto';
import { systemClock } from './adapters/clock-system/system-clock.ts';
import { gatedBus } from './adapters/bus-gated/gated-bus.ts';
import { cloudLogSink } from './adapters/log-cloud/cloud-log-sink.ts';
import { ProcessCost } from './adapters/cost-process/process-cost.ts';
import { gatedStore } from './adapters/store-gated/gated-store.ts';
import type { StoreWriteGate } from './adapters/store-gated/gated-store.ts';
import { emptyTally, meteredStore } from './adapters/store-metered/metered-store.ts';
import type { SharedBudget } from './adapters/venue-ccxt/connection.ts';
import type { VenueTarget } from './adapters/venue-ccxt/venue-origin.ts';
import type { PaperVenueOptions } from './adapters/venue-paper/create-paper-venue.ts';
import type { ControlDeps } from './app/control/control-deps.ts';
import type { EngineDeps } from './app/engine-deps.ts';
import type { IngestDeps } from './app/ingest/ingest-deps.ts';
import { Budgets } from './app/requests/budgets.ts';
import { RefusalTally } from './app/requests/refusal-tally.ts';
import type { Step } from './app/step.ts';
import { venueBudgetRecords } from './app/venue-budget-records.ts';
import { parseAlertSinks } from './config/alert-sinks.ts';
import { configText, engineVersion } from './config/config-files.ts';
import { configHash } from './config/config-hash.ts';
import { parseIngestKeys } from './config/ingest-keys.ts';
import type { IngestKeys } from './config/ingest-keys.ts';
import { readEnvironment } from './config/environment.ts';
import type { Variables } from './config/environment.ts';
import { loadConfig, readConfig } from './config/load-config.ts';
import type { ConfigResult } from './config/load-config.ts';
import { parseVenueCredentials } from './config/venue-credentials.ts';
import { loadShadowConfig } from './config/shadow-config.ts';
import { FLAG_VARIABLES } from './config/feature-flags.ts';
import { writeGate } from './config/write-gate.ts';
import type { SecondKey, WriteGate } from './config/write-gate.ts';
import { routingRules } from './domain/order/routing-rules.ts';
import type { EngineIdentity } from './domain/telemetry/engine-identity.ts';
import { compileLimits } from './domain/risk/compile-limits.ts';
import { createLog } from './log/log.ts';
import type { LogSink } from './log/log.ts';
import type { Log } from './log/log.ts';
import type { Accounts } from './ports/accounts.ts';
import type { AlertSinks } from './ports/alert-sink.ts';
import type { Clock } from './ports/clock.ts';
import type { Identities } from './ports/identities.ts';
import type { Bus } from './ports/bus.ts';
import type { StampOf } from './ports/stamps.ts';
import type { Store } from './ports/store.ts';
import type { Venue } from './ports/venue.ts';
import { flagsText } from './schema/feature-flags.ts';
import { WRITE_GATE, WRITE_GATE_ID } from './schema/records/write-gate.ts';

const VENUE_NAME = 'binance-usdm';

/** What a host that is not the cloud may bring: simulated time, ids that repeat with the seed, its own config. */
export interface Host {
  readonly clock: Clock;
  readonly newRunId: () => string;
  readonly logSink: LogSink;
  readonly step: Step;
  /** Text of a config file by name; null when there is none. */
  readonly configText: (name: string) => string | null;
  /** Who is who, in place of Firebase Authentication; null for Firebase. */
  readonly identities: Identities | null;
  /** Variables that win over those of the process. */
  readonly variables: Variables;
  /** What stands behind the ports where everything happens in one process: a replay has no wire. */
  readonly inProcess: { readonly store: Store; readonly venue: Venue; readonly bus: Bus } | null;
}

let host: Host = {
  clock: systemClock,
  newRunId: () => randomUUID(),
  logSink: cloudLogSink,
  step: (_name, effect) => effect(),
  configText,
  identities: null,
  variables: {},
  inProcess: null,
};

/** For local hosts and commands; deployed code never calls it. Must come before the first run. */
export function installHost(parts: Partial<Host>): void {
  host = { ...host, ...parts };
}

export const environment = once(() => readEnvironment(host.variables));
export const engineConfig = once(() => loadConfig((name) => host.configText(name)));

/** The settings with the origin of each value, or all their faults; `engineConfig` throws on those. */
export const configResult = (): ConfigResult => readConfig((name) => host.configText(name));

const version = once(engineVersion);
const hash = once(() => configHash(engineConfig()));
const limits = once(() => compileLimits(engineConfig()));
const routing = once(() => routingRules(engineConfig()));

/** Of the whole process, whatever runs share it. */
const tally = emptyTally();
const costs = new ProcessCost(() => tally);

const shadow = once((): EngineDeps['shadow'] => {
  const { flags } = environment();
  const wantedBy = (['riskEngineShadow', 'pipelineShadow'] as const).filter((flag) => flags[flag]).map((flag) => FLAG_VARIABLES[flag]);
  if (wantedBy.length === 0) return null;
  const config = loadShadowConfig((name) => host.configText(name), wantedBy);
  return { config, limits: compileLimits(config), configHash: configHash(config) };
});

/** Everything one run of a use case needs. `credentials` is asked only when the venue is first built, `alertSinks` when somebody is to be told. */
export async function startRun(credentials: () => unknown, alertSinks: () => string = () => '{}'): Promise<EngineDeps> {
  return { ...(await openEngine(await startRecords(), credentials)), openSinks: () => openSinks(alertSinks()) };
}

/** Whoever is named in config and in the secret. Throws ConfigError for a secret that is not well formed. */
async function openSinks(secret: string): Promise<AlertSinks> {
  const { createHttpSinks } = await import('./adapters/alerts-http/create-http-sinks.ts');
  return createHttpSinks(parseAlertSinks(secret), host.clock, engineConfig().runtime.alerts.deliverySeconds * 1000);
}

/** What every run has before it has a venue: its records, and what may be written to them. */
interface Records extends Pick<EngineDeps, 'store' | 'clock' | 'config' | 'limits' | 'orderGate' | 'log' | 'step' | 'costs' | 'runId'> {
  readonly documents: Store;
  readonly gate: WriteGate;
}

async function startRecords(): Promise<Records> {
  const runId = host.newRunId();
  const log = startLog();
  costs.begin();
  const documents = meteredStore(await openStore(runId), tally);
  const gate = writeGate(environment(), await readSecondKey(documents));
  const store = gatedStore(documents, storeGate(gate), ({ reason, writes }) =>
    log.writeRefused(reason, writes.map((write) => `${write.collection}/${write.id}`)),
  );
  return { store, documents, gate, clock: host.clock, config: engineConfig(), limits: limits(), orderGate: gate.orders, log, step: host.step, costs, runId };
}

async function openEngine({ documents, gate, ...records }: Records, credentials: () => unknown): Promise<EngineDeps> {
  return { ...records, venue: costs.metered(await openVenue(credentials, gate, documents)), bus: await openBus(gate, records.log), routing: routing(), flags: environment().flags, shadow: shadow(), identity: identityOf(gate), venueName: VENUE_NAME, openSinks: noSinks };
}

/** Runs that tell nobody. */
const noSinks = (): Promise<AlertSinks> => Promise.resolve(new Map());

function identityOf({ state }: WriteGate): EngineIdentity {
  const { tradingEnv, namespace, projectId, region, allowProdWrite, allowProdSync } = environment();
  return { engineVersion: version(), configHash: hash(), tradingEnv, namespace, projectId, region, allowProdWrite, allowProdSync, nodeVersion: process.version, recordGate: state };
}

export const startLog = (): Log => createLog(host.logSink);

const budgets = once(() => new Budgets());
const controlTally = once(() => new RefusalTally('control'));
const ingestTally = once(() => new RefusalTally('ingest'));

/** What one request of an operator needs. */
export async function startControl(credentials: () => unknown): Promise<{ readonly deps: ControlDeps; readonly identities: Identities; readonly tally: RefusalTally }> {
  const deps = await startDesk(credentials);
  return { deps, identities: host.identities ?? (await firebaseAuth()), tally: controlTally() };
}

/** Where requests of operators are worked off, without asking who they are. The venue is opened for what needs it, so that a halt never waits for it. */
export async function startDesk(credentials: () => unknown): Promise<ControlDeps> {
  const records = await startRecords();
  const { store, clock, config, orderGate, log, step, gate } = records;
  return {
    store,
    clock,
    config,
    orderGate,
    log,
    step,
    recordGate: gate.state,
    engineVersion: version(),
    configHash: hash(),
    place: `hedge/${environment().namespace}`,
    budgets: budgets(),
    flatten: async (request) => (await import('./app/flatten.ts')).flatten(await openEngine(records, credentials), request),
  };
}

/** What a command looks at. It can write nothing: neither records nor, with the venue's reads alone, orders. */
export interface Inspection extends Pick<EngineDeps, 'clock' | 'config' | 'limits' | 'venueName' | 'orderGate'> {
  readonly store: Pick<Store, 'get' | 'query'>;
  readonly engineVersion: string;
  readonly configHash: string;
  readonly stampOf: StampOf;
  readonly openVenue: (credentials: () => unknown) => Promise<Pick<Venue, 'quotes' | 'marks' | 'books' | 'candles'>>;
}

export async function startInspection(): Promise<Inspection> {
  const store = await openStore(host.newRunId());
  const gate = writeGate(environment(), await readSecondKey(store));
  return {
    store,
    clock: host.clock,
    config: engineConfig(),
    limits: limits(),
    venueName: VENUE_NAME,
    orderGate: gate.orders,
    engineVersion: version(),
    configHash: hash(),
    stampOf: async (collection, id) => {
      const { stampsIn } = await import('./adapters/store-firestore/read-stamp.ts');
      return stampsIn(await firestore(), environment().namespace)(collection, id);
    },
    openVenue: (credentials) => openVenue(credentials, { ...gate, state: { kind: 'closed', reason: 'an inspection writes nothing' } }, store),
  };
}

/** What one outside signal needs. Throws ConfigError for keys that are not well formed, without repeating them. */
export async function startIngest(keys: string, credentials: () => unknown): Promise<{ readonly deps: IngestDeps; readonly keys: IngestKeys; readonly tally: RefusalTally }> {
  const parsed = parseIngestKeys(keys);
  const records = await startRecords();
  const { store, clock, config, log, step, gate } = records;
  const deps: IngestDeps = { store, clock, config, log, step, recordGate: gate.state, budgets: budgets(), openEngine: () => openEngine(records, credentials) };
  return { deps, keys: parsed, tally: ingestTally() };
}

const firebaseApp = once(async () => {
  const { initializeApp } = await import('firebase-admin/app');
  const { projectId } = environment();
  return initializeApp(projectId === null ? {} : { projectId });
});

const firestore = once(async () => {
  const [app, { getFirestore }] = await Promise.all([firebaseApp(), import('firebase-admin/firestore')]);
  return getFirestore(app);
});

const firebaseAuth = once(async (): Promise<Identities> => {
  const [app, { getAuth }, { firebaseIdentities }] = await Promise.all([
    firebaseApp(),
    import('firebase-admin/auth'),
    import('./adapters/auth-firebase/firebase-identities.ts'),
  ]);
  return firebaseIdentities(getAuth(app));
});

/** For the command that grants and revokes roles; deployed code never asks for it. */
export async function openAccounts(): Promise<Accounts> {
  const [app, { getAuth }, { firebaseAccounts }] = await Promise.all([firebaseApp(), import('firebase-admin/auth'), import('./adapters/auth-firebase/firebase-accounts.ts')]);
  return firebaseAccounts(getAuth(app));
}

const bus = once(async (): Promise<Bus> => {
  const [{ PubSub }, { createPubSubBus }] = await Promise.all([import('@google-cloud/pubsub'), import('./adapters/bus-pubsub/pubsub-bus.ts')]);
  const { projectId } = environment();
  return createPubSubBus(new PubSub(projectId === null ? {} : { projectId }));
});

async function openBus({ state }: WriteGate, log: Log): Promise<Bus> {
  return gatedBus(host.inProcess?.bus ?? (await bus()), state, (reason, topic, wakeUps) => log.writeRefused(reason, wakeUps.map(({ intentId }) => `${topic}/${intentId}`)));
}

/** A store is cheap, the client behind it is not: each run has its own, so that its documents carry its run id. */
export async function openStore(runId: string): Promise<Store> {
  if (host.inProcess !== null) return host.inProcess.store;
  const { createFirestoreStore } = await import('./adapters/store-firestore/firestore-store.ts');
  const stamp = { engineVersion: version(), configHash: hash(), flags: flagsText(environment().flags), runId: () => runId, now: () => host.clock.now() };
  return createFirestoreStore({ namespace: environment().namespace, stamp, firestore: await firestore() });
}

/** Only production has a second key, so only there is a document read for it. */
async function readSecondKey(documents: Store): Promise<SecondKey> {
  if (environment().tradingEnv !== 'prod') return { kind: 'absent' };
  try {
    const { control } = await documents.get({ control: { collection: WRITE_GATE, id: WRITE_GATE_ID } });
    return control === null ? { kind: 'absent' } : { kind: 'found', projectId: control.projectId };
  } catch (error) {
    return { kind: 'unavailable', cause: error instanceof Error ? error.message : String(error) };
  }
}

function storeGate({ state }: WriteGate): StoreWriteGate {
  return state.kind === 'open' ? { writes: 'allowed', reason: '' } : { writes: 'refused', reason: state.reason };
}

/** Paper trades on the live market, with an account in the store, unless a simulated exchange takes the venue's place. */
async function openVenue(credentials: () => unknown, gate: WriteGate, documents: Store): Promise<Venue> {
  if (host.inProcess !== null) {
    const { behindWriteGate } = await import('./adapters/venue-ccxt/write-gate.ts');
    return { ...host.inProcess.venue, ...behindWriteGate(gate.orders, host.inProcess.venue) };
  }
  const { tradingEnv, venueBaseUrl } = environment();
  if (tradingEnv !== 'paper') return openAccount({ env: tradingEnv }, credentials, gate);
  return venueBaseUrl === null ? openPaperAccount(documents, gate) : openAccount({ env: 'local', baseUrl: venueBaseUrl }, credentials, gate);
}

let accounts: { readonly gate: string; readonly venue: Venue } | null = null;

/** Kept over runs for its connection, its clock offset and what it knows of rate limits; rebuilt when the gate turns. */
async function openAccount(target: VenueTarget, credentials: () => unknown, gate: WriteGate): Promise<Venue> {
  const key = JSON.stringify(gate);
  if (accounts?.gate === key) return accounts.venue;
  const { createCcxtVenue } = await import('./adapters/venue-ccxt/create-ccxt-venue.ts');
  const { deadlineMs } = engineConfig().runtime;
  const shared = await sharedBudget(gate);
  const venue = createCcxtVenue({ ...target, ...parseVenueCredentials(credentials()), clock: host.clock, writeGate: gate.orders, deadlineMs, shared });
  accounts = { gate: key, venue };
  return venue;
}

/** Each run has its own, as it has its own store; no credentials are asked for. */
async function openPaperAccount(store: Store, gate: WriteGate): Promise<Venue> {
  const [{ createPaperVenue }, { createSimulatedVenue }] = await Promise.all([
    import('./adapters/venue-paper/create-paper-venue.ts'),
    import('./adapters/venue-simulated/create-simulated-venue.ts'),
  ]);
  const venueOn: PaperVenueOptions['venueOn'] = (exchange, clock) => createSimulatedVenue({ exchange, clock, candles: () => null });
  const { paper, venueSettings } = engineConfig().runtime;
  const terms = { balances: { USDT: String(paper.startBalanceUsd) }, positionMode: venueSettings.positionMode === 'hedge' ? 'hedge' : 'one-way' } as const;
  return createPaperVenue({ market: await liveMarket(gate), store, clock: host.clock, venueOn, terms });
}

let market: PaperVenueOptions['market'] | null = null;

async function liveMarket(gate: WriteGate): Promise<PaperVenueOptions['market']> {
  if (market !== null) return market;
  const { createCcxtMarket } = await import('./adapters/venue-ccxt/create-ccxt-market.ts');
  market = createCcxtMarket({ env: 'prod', clock: host.clock, deadlineMs: engineConfig().runtime.deadlineMs, shared: await sharedBudget(gate) });
  return market;
}

/** In a store of its own, since it outlives the run that opens the venue. Where nothing may be written it only listens. */
async function sharedBudget({ state }: WriteGate): Promise<SharedBudget> {
  const records = venueBudgetRecords(await openStore('venue-budget'), host.clock, VENUE_NAME);
  const save = state.kind === 'open' ? records.save : () => Promise.resolve();
  return { share: { load: records.load, save, onFailure: (cause) => startLog().venueBudgetNotShared(cause) }, entriesMaxPct: engineConfig().runtime.venueBudget.entriesMaxPct };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
