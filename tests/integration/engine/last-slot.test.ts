/** Approval and reservation are one transaction: however many executors judge at once, the last slot is given once. */
import { Firestore } from '@google-cloud/firestore';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { execute } from '../../../functions/src/app/orders/execute.ts';
import { sync } from '../../../functions/src/app/sync/sync.ts';
import { createFirestoreStore } from '../../../functions/src/adapters/store-firestore/firestore-store.ts';
import type { Store } from '../../../functions/src/ports/store.ts';
import { startFirestoreServer } from '../../../local/firestore/server.ts';
import type { FirestoreServer } from '../../../local/firestore/server.ts';
import type { SignalRecord } from '../../../functions/src/schema/records/verdict.ts';
import { testConfig } from '../../support/engine/engine-run.ts';
import { anIntent, plant } from '../../support/engine/planted-intent.ts';
import { readRecords } from '../../support/engine/records.ts';
import { SYMBOLS } from '../../support/engine/scripted-market.ts';
import { START, World } from '../../support/engine/world.ts';
import { set } from '../../unit/config/config-files.ts';

type Limit = 'account' | 'strategy';

/** Executors of one intent per symbol, all at once, with room for `slots` positions in the account or in the strategy alone. */
async function compete(slots: number, storeOf: (world: World) => Store, limit: Limit = 'account') {
  const config = testConfig(
    set('risk.json', ['maxConcurrentPositions'], limit === 'account' ? slots : 3),
    set('strategies.json', ['strategies', 0, 'maxConcurrentPositions'], slots),
  );
  const world = new World({ config, symbols: SYMBOLS });
  const store = storeOf(world);
  await sync({ ...world.deps(), store }, START);
  const signal = limit === 'account' ? null : aSignal();
  const intents = SYMBOLS.map((symbol) => anIntent({ symbol, signal, createdAt: START, tier: symbol === 'SOLUSDT' ? 'SATELLITE' : 'CORE' }));
  await plant(store, ...intents);
  await Promise.all(intents.map((intent) => execute({ ...world.deps(), store }, intent)));
  const records = await readRecords(store);
  return {
    statuses: records.intents.map((intent) => intent.status).toSorted(),
    refusals: new Set(records.intents.flatMap((intent) => intent.vetoes.map((veto) => `${veto.code} ${veto.configPath}`))),
    reservations: Object.keys(records.risk.reservations).length,
    orders: Object.values(world.exchange.state.openOrders).flat().length,
  };
}

function aSignal(): SignalRecord {
  return { strategy: 'zscore-5m', timeframe: '5m', candleCloseAt: START, action: 'enter', indicator: 'zScore', value: -3, threshold: -2 };
}

const refusals = new Set(['max_concurrent risk.json:maxConcurrentPositions']);
const ONE_OF_THREE = { statuses: ['vetoed', 'vetoed', 'working'], refusals, reservations: 1, orders: 1 };
const TWO_OF_THREE = { statuses: ['vetoed', 'working', 'working'], refusals, reservations: 2, orders: 2 };
const ONE_OF_THE_STRATEGY = { ...ONE_OF_THREE, refusals: new Set(['max_concurrent strategies.json:strategies.zscore-5m.maxConcurrentPositions']) };

describe('three executors that judge at once', () => {
  test('with one slot left approve exactly one', async () => {
    expect(await compete(1, (world) => world.store)).toEqual(ONE_OF_THREE);
  });

  test('with two slots left approve exactly two', async () => {
    expect(await compete(2, (world) => world.store)).toEqual(TWO_OF_THREE);
  });

  test('for the same strategy share out its places, not those of the account', async () => {
    expect(await compete(1, (world) => world.store, 'strategy')).toEqual(ONE_OF_THE_STRATEGY);
  });
});

describe('three executors that judge at once on Firestore', () => {
  let server: FirestoreServer;
  let firestore: Firestore;
  let namespaces = 0;

  beforeAll(async () => {
    server = await startFirestoreServer({ port: 0 });
    const [host = '', port] = server.host.split(':');
    firestore = new Firestore({ projectId: 'demo-last-slot', host, port: Number(port), ssl: false });
  });

  afterAll(async () => {
    await firestore.terminate();
    await server.close();
  });

  const onFirestore = (world: World): Store => {
    const stamp = { engineVersion: 'test', configHash: 'test', flags: 'none', runId: () => 'test', now: () => world.time.now() };
    return createFirestoreStore({ namespace: `slots-${(namespaces += 1)}`, stamp, firestore });
  };

  test('with one slot left approve exactly one', async () => {
    expect(await compete(1, onFirestore)).toEqual(ONE_OF_THREE);
  });

  test("with one place left in the strategy approve exactly one", async () => {
    expect(await compete(1, onFirestore, 'strategy')).toEqual(ONE_OF_THE_STRATEGY);
  });

  test('with two slots left approve exactly two', async () => {
    expect(await compete(2, onFirestore)).toEqual(TWO_OF_THREE);
  });
});
