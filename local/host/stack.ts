/** The servers behind the engine on one machine: Firestore, Pub/Sub and the venue, all on one clock. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startFirestoreServer } from '../firestore/server.ts';
import type { FirestoreServer } from '../firestore/server.ts';
import { startPubSubServer } from '../pubsub/server.ts';
import type { Deliver, PubSubServer } from '../pubsub/server.ts';
import type { Timers } from '../pubsub/timers.ts';
import type { MarketFeed } from '../venue/market/market-feed.ts';
import { startVenueServer } from '../venue/server.ts';
import type { VenueServer } from '../venue/server.ts';
import type { DataFolder } from './data-folder.ts';

export const PROJECT = 'demo-portcullis';
const START_BALANCE_USD = '10000';
const LEVERAGE = 3;

/** Made up: they open nothing but the simulated venue of this process. */
const CREDENTIALS = { apiKey: 'localkey0001', apiSecret: 'localsecret0001' };

export interface Stack {
  readonly firestore: FirestoreServer;
  readonly pubsub: PubSubServer;
  readonly venue: VenueServer;
  /** What the functions find in their environment. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export interface StackParts {
  readonly market: MarketFeed;
  readonly timers: Timers;
  readonly deliver: Deliver;
  readonly data: DataFolder;
  /** First of three ports, or null for free ones. */
  readonly port: number | null;
}

/** All of them or none: a port that is taken leaves nothing running. */
export async function startStack(parts: StackParts): Promise<Stack> {
  const started: { close(): Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(started.splice(0).map((server) => server.close()));
  };
  try {
    const firestore = await startFirestore(parts);
    started.push(firestore);
    const pubsub = await startPubSub(parts);
    started.push(pubsub);
    const venue = await startVenue(parts);
    started.push(venue);
    return { firestore, pubsub, venue, close, env: environmentOf(firestore, pubsub, venue) };
  } catch (error) {
    await close();
    throw error;
  }
}

function startFirestore({ timers, data, port }: StackParts): Promise<FirestoreServer> {
  const indexes: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../../firestore.indexes.json'), 'utf8'));
  return startFirestoreServer({ port: port ?? 0, indexes, clock: () => timers.now(), dataFile: data.firestoreFile });
}

async function startPubSub({ timers, deliver, data, port }: StackParts): Promise<PubSubServer> {
  const pubsub = await startPubSubServer({ port: port === null ? 0 : port + 1, timers, deliver, dataFile: data.pubsubFile });
  for (const topic of ['order-intents', 'order-checks']) subscribe(pubsub, topic);
  return pubsub;
}

function startVenue({ market, timers, data, port }: StackParts): Promise<VenueServer> {
  return startVenueServer({
    port: port === null ? 0 : port + 2,
    market,
    clock: () => timers.now(),
    ...CREDENTIALS,
    ...localAccount(market),
    dataFile: data.venueFile,
  });
}

function environmentOf(firestore: FirestoreServer, pubsub: PubSubServer, venue: VenueServer): Stack['env'] {
  return {
    GCLOUD_PROJECT: PROJECT,
    FIRESTORE_EMULATOR_HOST: firestore.host,
    PUBSUB_EMULATOR_HOST: `${pubsub.host}:${pubsub.port}`,
    VENUE_BASE_URL: venue.url,
    VENUE_CREDENTIALS: JSON.stringify(CREDENTIALS),
    TRADING_ENV: 'paper',
    METADATA_SERVER_DETECTION: 'none',
  };
}

/** As Eventarc subscribes a 2nd generation function with `retry: true`. */
function subscribe(pubsub: PubSubServer, topic: string): void {
  const topicName = `projects/${PROJECT}/topics/${topic}`;
  pubsub.ensureTopic(topicName);
  pubsub.ensureSubscription({
    name: `projects/${PROJECT}/subscriptions/${topic}`,
    topic: topicName,
    pushEndpoint: `inproc:${topic}`,
    ackDeadlineSeconds: 600,
    retry: { minimumMs: 10_000, maximumMs: 600_000 },
  });
}

/** The account that a run on this machine trades, over the wire or without one. */
export function localAccount(market: MarketFeed) {
  return { positionMode: 'hedge', wallet: walletOf(market), leverage: LEVERAGE } as const;
}

/** The start balance in each margin asset of the market. */
function walletOf(market: MarketFeed) {
  const assets = new Set(market.instruments.map((instrument) => instrument.marginAsset));
  return Object.fromEntries([...assets].map((asset) => [asset, { balance: START_BALANCE_USD, usdRate: '1', collateralRatio: '1' }]));
}
