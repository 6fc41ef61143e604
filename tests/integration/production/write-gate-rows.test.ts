/** Who may touch production, asked where it matters: at the store, the venue and the bus that a run is given. */
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type * as HostModule from '../../../functions/src/compose/host.ts';
import type * as IngestModule from '../../../functions/src/compose/start-ingest.ts';
import type * as RunModule from '../../../functions/src/compose/start-run.ts';
import { createMemoryStore } from '../../../functions/src/adapters/store-memory/memory-store.ts';
import type { MemoryStore } from '../../../functions/src/adapters/store-memory/memory-store.ts';
import { execute } from '../../../functions/src/app/orders/execute.ts';
import { screen } from '../../../functions/src/app/screen/screen.ts';
import { sync } from '../../../functions/src/app/sync/sync.ts';
import { INTENTS } from '../../../functions/src/schema/records/intent.ts';
import { WRITE_GATE } from '../../../functions/src/schema/records/write-gate.ts';
import { CorruptRecordError } from '../../../functions/src/ports/store.ts';
import type { Store } from '../../../functions/src/ports/store.ts';
import type { Venue } from '../../../functions/src/ports/venue.ts';
import { ENTRY_AT, START, World } from '../../support/engine/world.ts';
import { limitOrder } from '../../contract/venue/order-requests.ts';
import { stopLoss } from '../../contract/venue/stop-requests.ts';
import { COUNTERS } from '../../contract/store/records.ts';

const ENVIRONMENTS = [undefined, 'paper', 'testnet', 'prod'] as const;
const SWITCHES = [undefined, '0', '1'] as const;
const DOCUMENTS = ['ours', 'other', 'absent', 'unreadable'] as const;
type ControlDocument = (typeof DOCUMENTS)[number];

const PROJECT = 'fund-live';
const MUTATIONS = ['place', 'cancel', 'placeStop', 'cancelStop', 'setLeverage', 'setMarginMode'] as const;
const MINUTE_MS = 60_000;

/** What came through to the real thing behind each port. */
interface Behind {
  readonly store: MemoryStore;
  readonly sent: string[];
  readonly published: string[];
  readonly refusals: string[];
  readonly world: World;
}

/** The rule, once more in two lines: whether orders and records get through. */
function ruled(env: (typeof ENVIRONMENTS)[number], write: boolean, sync_: boolean, document: ControlDocument): { readonly orders: boolean; readonly records: boolean } {
  if (env !== 'prod') return { orders: true, records: true };
  return { orders: write && document === 'ours', records: write || sync_ };
}

type Compose = Pick<typeof HostModule, 'installHost'> & Pick<typeof RunModule, 'startRun'> & Pick<typeof IngestModule, 'startIngest'>;

/** A process of its own, as far as the composition can tell. */
async function freshCompose(): Promise<Compose> {
  vi.resetModules();
  const [{ installHost }, { startRun }, { startIngest }] = await Promise.all([
    import('../../../functions/src/compose/host.ts'),
    import('../../../functions/src/compose/start-run.ts'),
    import('../../../functions/src/compose/start-ingest.ts'),
  ]);
  return { installHost, startRun, startIngest };
}

async function behind(compose: Compose, document: ControlDocument, variables: Readonly<Record<string, string | undefined>>, isReadable = (): boolean => document !== 'unreadable'): Promise<Behind> {
  const world = new World();
  const [sent, published, refusals]: string[][] = [[], [], []];
  const stamp = { engineVersion: 'test', configHash: 'test', flags: 'none', runId: () => 'test', now: () => world.time.now() };
  const store = createMemoryStore({ namespace: 'anywhere', stamp });
  if (document === 'ours' || document === 'other') await store.commit((writer) => writer.set(WRITE_GATE, 'write_gate', { projectId: document === 'ours' ? PROJECT : 'fund-test', actor: 'test', reason: 'test', changedAt: START }));
  compose.installHost({
    clock: world.time,
    newRunId: () => 'run',
    logSink: (_severity, message, fields) => void refusals?.push(`${message} ${JSON.stringify(fields)}`),
    step: (_name, effect) => effect(),
    variables: { GCLOUD_PROJECT: PROJECT, ...variables },
    inProcess: {
      store: withKey(store, isReadable),
      venue: watched(world.venue, (call) => sent?.push(call)),
      bus: { publish: (topic) => Promise.resolve(void published?.push(topic)) },
    },
  });
  return { store, sent: sent ?? [], published: published ?? [], refusals: refusals ?? [], world };
}

function withKey(store: MemoryStore, isReadable: () => boolean): Store {
  const get: Store['get'] = (wanted) => (!isReadable() && Object.values(wanted).some(({ id }) => id === 'write_gate') ? Promise.reject(new CorruptRecordError('control/write_gate', 'junk')) : store.get(wanted));
  return { get, query: (query) => store.query(query), commit: (write) => store.commit(write), transact: (body) => store.transact(body) };
}

function watched(venue: Venue, note: (call: string) => void): Venue {
  const noted = <Answer>(call: string, answer: Answer): Answer => {
    note(call);
    return answer;
  };
  return {
    ...venue,
    place: (request) => noted('place', venue.place(request)),
    cancel: (ref) => noted('cancel', venue.cancel(ref)),
    placeStop: (request) => noted('placeStop', venue.placeStop(request)),
    cancelStop: (ref) => noted('cancelStop', venue.cancelStop(ref)),
    setLeverage: (symbol, leverage) => noted('setLeverage', venue.setLeverage(symbol, leverage)),
    setMarginMode: (symbol, marginMode) => noted('setMarginMode', venue.setMarginMode(symbol, marginMode)),
  };
}

/** Everything that a run could change, tried once. */
async function tryEverything({ startRun }: Compose): Promise<readonly string[]> {
  const { store, venue, bus, orderGate } = await startRun('sync', () => null);
  await store.commit((writer) => writer.set(COUNTERS, 'committed', { value: 1 }));
  await store.transact((tx) => Promise.resolve(tx.set(COUNTERS, 'transacted', { value: 1 })));
  await bus.publish('order-intents', [{ intentId: 'mine' }]);
  const order = { symbol: 'BTCUSDT', clientOrderId: 'pc-test-0-1' };
  const outcomes = [
    await venue.place(limitOrder()),
    await venue.cancel(order),
    await venue.placeStop(stopLoss()),
    await venue.cancelStop({ symbol: 'BTCUSDT', clientStopId: 'pc-stop-1' }),
    await venue.setLeverage('BTCUSDT', 3),
    await venue.setMarginMode('BTCUSDT', 'isolated'),
  ];
  const refused = outcomes.filter(({ kind }) => kind === 'refusedByWriteGate').length;
  expect(refused).toBe(orderGate.kind === 'open' ? 0 : MUTATIONS.length);
  return outcomes.map(({ kind }) => kind);
}

const countersIn = (store: MemoryStore): readonly string[] => [...store.dump().keys()].filter((path) => path.includes('/counters/')).map((path) => path.slice(path.lastIndexOf('/') + 1)).toSorted();

const intentsIn = async ({ store }: Behind) => (await store.query({ collection: INTENTS, where: [], limit: 5 })).map(({ data }) => data);

const text = (word: string | undefined): string => word ?? 'unset';

describe.each(ENVIRONMENTS)('TRADING_ENV %s', (env) => {
  describe.each(SWITCHES.flatMap((write) => SWITCHES.map((sync_) => ({ write, sync_, title: `ALLOW_PROD_WRITE ${text(write)}, ALLOW_PROD_SYNC ${text(sync_)}` }))))('$title', ({ write, sync_ }) => {
    let compose: Compose;
    beforeAll(async () => {
      compose = await freshCompose();
    });

    test.each(DOCUMENTS)('with a control document that is %s', async (document) => {
      const { store, sent, published } = await behind(compose, document, { TRADING_ENV: env, ALLOW_PROD_WRITE: write, ALLOW_PROD_SYNC: sync_ });
      await tryEverything(compose);
      const { orders, records } = ruled(env, write === '1', sync_ === '1', document);
      expect({ sent, counters: countersIn(store), published }).toEqual({
        sent: orders ? [...MUTATIONS] : [],
        counters: records ? ['committed', 'transacted'] : [],
        published: records ? ['order-intents'] : [],
      });
    });
  });
});

describe('a whole engine in production', () => {
  let compose: Compose;
  beforeEach(async () => {
    compose = await freshCompose();
  });

  /** Two syncs and the tick of a signal. */
  async function aSignalIn(variables: Readonly<Record<string, string>>): Promise<Behind> {
    const all = await behind(compose, 'ours', { TRADING_ENV: 'prod', ...variables });
    for (const at of [START, START + MINUTE_MS]) {
      await all.world.time.runUntil(at);
      await sync(await compose.startRun('sync', () => null), at);
    }
    await screen(await compose.startRun('screen', () => null), ENTRY_AT);
    return all;
  }

  test('with neither key computes, says what it withholds, and touches nothing', async () => {
    const { store, sent, published, refusals } = await aSignalIn({});
    expect([...store.dump().keys()]).toEqual(['hedge/anywhere/control/write_gate']);
    expect({ sent, published }).toEqual({ sent: [], published: [] });
    expect(refusals.filter((line) => line.includes('neither ALLOW_PROD_SYNC nor ALLOW_PROD_WRITE is set'))).not.toEqual([]);
  });

  test('that may only write records keeps them, and sends nothing', async () => {
    const { store, sent } = await aSignalIn({ ALLOW_PROD_SYNC: '1' });
    expect([...store.dump().keys()].filter((path) => path.includes('/state/'))).not.toEqual([]);
    expect(sent).toEqual([]);
  });
});

describe('a second key that cannot be read', () => {
  const WRITING = { TRADING_ENV: 'prod', ALLOW_PROD_WRITE: '1' };
  const UNKNOWN = 'decides nothing now: control/write_gate could not be read';
  let compose: Compose;
  let isReadable: boolean;
  beforeEach(async () => {
    compose = await freshCompose();
    isReadable = false;
  });

  const inProduction = (): Promise<Behind> => behind(compose, 'ours', WRITING, () => isReadable);

  test.each(['screen', 'execute', 'confirm'] as const)('lets no run of %s begin, which would decide something final', async (job) => {
    await inProduction();
    await expect(compose.startRun(job, () => null)).rejects.toThrow(`${job} ${UNKNOWN}`);
    isReadable = true;
    expect((await compose.startRun(job, () => null)).orderGate).toEqual({ kind: 'open' });
  });

  test('has no signal taken', async () => {
    await inProduction();
    const { deps } = await compose.startIngest('{}', () => null);
    await expect(deps.openEngine()).rejects.toThrow(`ingest ${UNKNOWN}`);
  });

  test.each(['sync', 'learn', 'control'] as const)('leaves %s to run without orders', async (job) => {
    await inProduction();
    expect((await compose.startRun(job, () => null)).orderGate).toMatchObject({ kind: 'closed' });
  });

  test.each(['screen', 'execute', 'confirm'] as const)('is nothing to %s where the first key is missing', async (job) => {
    await behind(compose, 'unreadable', { TRADING_ENV: 'prod', ALLOW_PROD_SYNC: '1' });
    expect((await compose.startRun(job, () => null)).orderGate).toMatchObject({ kind: 'closed', reason: 'ALLOW_PROD_WRITE is not set' });
  });

  test('puts a candle and an order off, and neither is lost', async () => {
    const all = await inProduction();
    for (const at of [START, START + MINUTE_MS]) {
      await all.world.time.runUntil(at);
      isReadable = true;
      await sync(await compose.startRun('sync', () => null), at);
    }
    isReadable = false;
    await expect(compose.startRun('screen', () => null)).rejects.toThrow(UNKNOWN);
    isReadable = true;
    await screen(await compose.startRun('screen', () => null), ENTRY_AT);
    const [intent] = await intentsIn(all);
    isReadable = false;
    await expect(compose.startRun('execute', () => null)).rejects.toThrow(UNKNOWN);
    expect([(await intentsIn(all)).map(({ status }) => status), all.sent.filter((call) => call === 'place')]).toEqual([['pending'], []]);
    isReadable = true;
    await execute(await compose.startRun('execute', () => null), { intentId: intent?.intentId ?? 'none' });
    expect([(await intentsIn(all)).map(({ status }) => status), all.sent.filter((call) => call === 'place')]).toEqual([['working'], ['place']]);
  });

  test('leaves no run behind that is still paid for', async () => {
    const { world } = await inProduction();
    await expect(compose.startRun('execute', () => null)).rejects.toThrow(UNKNOWN);
    await world.time.runUntil(START + 10 * MINUTE_MS);
    isReadable = true;
    const { costs } = await compose.startRun('execute', () => null);
    expect(costs.take()).toMatchObject({ runs: 2, busyMs: 100 });
  });
});
