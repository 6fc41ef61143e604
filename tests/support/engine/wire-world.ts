/**
 * The engine as compose builds it, on the embedded Firestore, Pub/Sub and venue, over its real clients. One thing happens at
 * a time: time stands still while requests are on the wire, a sleep moves it, and the venue's market with it.
 */
import { setTimeout as shortWait } from 'node:timers/promises';
import { deleteApp, getApps } from 'firebase-admin/app';
import { z } from 'zod';
import type { EngineDeps } from '../../../functions/src/app/engine-deps.ts';
import { confirm } from '../../../functions/src/app/orders/confirm.ts';
import { execute } from '../../../functions/src/app/orders/execute.ts';
import { sync } from '../../../functions/src/app/sync/sync.ts';
import { installHost } from '../../../functions/src/compose/host.ts';
import { openStore } from '../../../functions/src/compose/open-store.ts';
import { startRun } from '../../../functions/src/compose/start-run.ts';
import type { MarketEvent } from '../../../functions/src/domain/matching/market-event.ts';
import type { Store } from '../../../functions/src/ports/store.ts';
import { OUTBOX } from '../../../functions/src/schema/records/outbox-entry.ts';
import { startFirestoreServer } from '../../../local/firestore/server.ts';
import { startPubSubServer } from '../../../local/pubsub/server.ts';
import type { Deliver } from '../../../local/pubsub/server.ts';
import type { MarketFeed } from '../../../local/venue/market/market-feed.ts';
import { startVenueServer } from '../../../local/venue/server.ts';
import type { VenueServer } from '../../../local/venue/server.ts';
import { edited } from '../../unit/config/config-files.ts';
import type { Edit } from '../../unit/config/config-files.ts';
import { instrument } from '../../unit/domain/matching/exchange-builder.ts';
import { ASK, BID, SYMBOLS } from './scripted-market.ts';

const PROJECT = 'demo-wire';
const MINUTE_MS = 60_000;
const QUOTE_EVERY_MS = 5000;
const START = Date.UTC(2026, 0, 15, 8);
/** Made up: they open nothing but the simulated venue of this process. */
const CREDENTIALS = { apiKey: 'wireKey0123456789', apiSecret: 'wireSecret0123456789' };

export interface WireWorld {
  readonly venue: VenueServer;
  readonly store: Store;
  readonly now: () => number;
  readonly run: (useCase: (deps: EngineDeps) => Promise<void>) => Promise<void>;
  readonly passTime: (ms: number) => Promise<void>;
  /** Syncs every minute, with whatever that wakes, until nothing is open, and twice more. */
  readonly runUntilQuiet: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** One per process, since what compose builds is kept. */
export async function startWireWorld(...edits: readonly Edit[]): Promise<WireWorld> {
  let now = START;
  const clock = {
    now: () => now,
    sleep: async (ms: number): Promise<void> => {
      now += Math.max(0, ms);
      venue.advanceTo(now);
      return Promise.resolve();
    },
  };
  const run: WireWorld['run'] = async (useCase) => useCase(await startRun('execute', () => CREDENTIALS));
  const deliver: Deliver = async (subscription, message) => {
    const wakeUp = z.strictObject({ intentId: z.string() }).parse(JSON.parse(message.data.toString('utf8')));
    await run((deps) => (subscription.endsWith('order-intents') ? execute : confirm)(deps, wakeUp));
    return 'ack';
  };
  const firestore = await startFirestoreServer({ port: 0, clock: clock.now });
  const pubsub = await startPubSubServer({ port: 0, deliver });
  const venue = await startVenueServer({
    port: 0,
    market: standingMarket(),
    clock: clock.now,
    ...CREDENTIALS,
    positionMode: 'hedge',
    wallet: { USDT: { balance: '10000', usdRate: '1', collateralRatio: '1' } },
    leverage: 3,
  });
  for (const topic of ['order-intents', 'order-checks']) {
    const topicName = `projects/${PROJECT}/topics/${topic}`;
    pubsub.ensureTopic(topicName);
    pubsub.ensureSubscription({ name: `projects/${PROJECT}/subscriptions/${topic}`, topic: topicName, pushEndpoint: `inproc:${topic}` });
  }
  // The clients of Google look into the process's own environment.
  Object.assign(process.env, { FIRESTORE_EMULATOR_HOST: firestore.host, PUBSUB_EMULATOR_HOST: `${pubsub.host}:${pubsub.port}` });
  const files = edited(...edits);
  let runs = 0;
  installHost({
    clock,
    newRunId: () => `run-${(runs += 1)}`,
    logSink: () => undefined,
    configText: (name) => files[name] ?? null,
    variables: { GCLOUD_PROJECT: PROJECT, TRADING_ENV: 'paper', VENUE_BASE_URL: venue.url },
  });
  const store = await openStore('test');
  const delivered = async (): Promise<void> => {
    while (pubsub.backlog().unacked > 0) await shortWait(2);
  };
  const isOpen = async (): Promise<boolean> =>
    (await store.query({ collection: OUTBOX, where: [{ field: 'state', op: '==', value: 'open' }], limit: 1 })).length > 0;
  const passTime = async (ms: number): Promise<void> => {
    await delivered();
    await clock.sleep(ms);
  };
  const syncNextMinute = async (): Promise<void> => {
    await passTime(MINUTE_MS - (now % MINUTE_MS));
    await run((deps) => sync(deps, now));
    await delivered();
  };
  return {
    venue,
    store,
    now: clock.now,
    run,
    passTime,
    async runUntilQuiet() {
      await delivered();
      while (await isOpen()) await syncNextMinute();
      await syncNextMinute();
      await syncNextMinute();
    },
    async close() {
      await Promise.all(getApps().map((app) => deleteApp(app)));
      await Promise.all([firestore.close(), pubsub.close(), venue.close()]);
    },
  };
}

/** Quote and mark of every contract, the same every five seconds. */
function standingMarket(): MarketFeed {
  return {
    instruments: SYMBOLS.map((symbol) => instrument({ symbol, baseAsset: symbol.slice(0, 3) })),
    startTime: START,
    endTime: null,
    *events(after, until): Iterable<MarketEvent> {
      for (let time = Math.max(START, after + QUOTE_EVERY_MS - (after % QUOTE_EVERY_MS)); time <= until; time += QUOTE_EVERY_MS) {
        for (const symbol of SYMBOLS) {
          yield { kind: 'quote', symbol, time, bidPrice: BID, bidQty: '1', askPrice: ASK, askQty: '1' };
          yield { kind: 'mark', symbol, time, markPrice: '50000', indexPrice: '50000' };
        }
      }
    },
    minuteCandles: () => [],
    closedMinutes: () => [],
    fundingHistory: () => [],
  };
}
