/** Firestore, Pub/Sub and the venue, embedded, on free ports and in real time, for functions that run in processes of their own. */
import { readFile } from 'node:fs/promises';
import { Firestore } from '@google-cloud/firestore';
import { engineConfig } from '../../functions/src/compose/settings.ts';
import { startFirestoreServer } from '../../local/firestore/server.ts';
import { startPubSubServer } from '../../local/pubsub/server.ts';
import type { PubSubServer } from '../../local/pubsub/server.ts';
import { generatedFeed } from '../../local/venue/market/generated-feed.ts';
import { startVenueServer } from '../../local/venue/server.ts';
import type { VenueServer } from '../../local/venue/server.ts';
import { inRepository } from '../../scripts/deployable/repository.ts';

export const PROJECT = 'demo-portcullis';
/** Made up: they open nothing but the simulated venue. */
const CREDENTIALS = { apiKey: 'testKey0123456789', apiSecret: 'testSecret0123456789' };
const MINUTE_MS = 60_000;

export interface LocalStack {
  /** A client of the embedded Firestore. */
  readonly documents: Firestore;
  readonly pubsub: PubSubServer;
  readonly venue: VenueServer;
  /** What a function process finds in its environment, the secret excepted. */
  readonly env: Readonly<Record<string, string>>;
  /** The content of VENUE_CREDENTIALS. */
  readonly venueCredentials: string;
}

/** The servers stop when `cleanUp` is disposed. Queries need the indexes of firestore.indexes.json, as in production. */
export async function startLocalStack(cleanUp: AsyncDisposableStack): Promise<LocalStack> {
  const indexes: unknown = JSON.parse(await readFile(inRepository('firestore.indexes.json'), 'utf8'));
  const firestore = await startFirestoreServer({ port: 0, indexes });
  cleanUp.defer(() => firestore.close());
  const pubsub = await startPubSubServer({ port: 0 });
  cleanUp.defer(() => pubsub.close());
  for (const topic of ['order-intents', 'order-checks']) pubsub.ensureTopic(`projects/${PROJECT}/topics/${topic}`);
  const symbols = engineConfig().universe.symbols.map(({ symbol }) => ({ symbol }));
  const venue = await startVenueServer({
    port: 0,
    market: generatedFeed({ seed: 'functions', symbols, startTime: Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS }),
    clock: Date.now,
    ...CREDENTIALS,
    positionMode: 'hedge',
    wallet: { USDT: { balance: '10000', usdRate: '1', collateralRatio: '1' } },
    leverage: 3,
  });
  cleanUp.defer(() => venue.close());
  const documents = new Firestore({ projectId: PROJECT, host: firestore.host, ssl: false });
  cleanUp.defer(() => documents.terminate());
  return {
    documents,
    pubsub,
    venue,
    env: {
      GCLOUD_PROJECT: PROJECT,
      TRADING_ENV: 'paper',
      FIRESTORE_EMULATOR_HOST: firestore.host,
      PUBSUB_EMULATOR_HOST: `127.0.0.1:${pubsub.port}`,
      VENUE_BASE_URL: venue.url,
      METADATA_SERVER_DETECTION: 'none',
    },
    venueCredentials: JSON.stringify(CREDENTIALS),
  };
}
