// The simulated venue on a port of 127.0.0.1: Binance USD-M's protocol over the matching core, in a market told by a feed.
import { type Server, createServer } from 'node:http';
import type { Exchange } from '../../functions/src/domain/matching/exchange.ts';
import type { AssetSetup } from '../../functions/src/domain/matching/exchange-setup.ts';
import type { FeeRates, PositionMode } from '../../functions/src/domain/matching/exchange-state.ts';
import type { Faults } from './faults.ts';
import type { MarketFeed } from './market/market-feed.ts';
import { BINANCE_RATE_LIMITS, RateLimiter, type RateLimits } from './rate-limiter.ts';
import { RequestHandler, type VenueCounters } from './request-handler.ts';
import { type AccountSetup, VenueEngine } from './venue-engine.ts';

export interface VenueServerOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly market: MarketFeed;
  /** Epoch milliseconds, not before the market's start; the market is applied up to it at each request. */
  readonly clock: () => number;
  /** Letters and digits, as the venue's keys are. */
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly positionMode: PositionMode;
  /** Starting balances by asset. Every margin asset of the market must be here. */
  readonly wallet: Readonly<Record<string, AssetSetup>>;
  readonly fees?: FeeRates;
  /** Leverage of every symbol until it is changed. */
  readonly leverage?: number;
  readonly multiAssets?: boolean;
  /** Decimal text of up to 19 digits; beyond 2^53 unless told otherwise, as at the venue. */
  readonly firstOrderId?: string;
  readonly limits?: RateLimits;
  /** SQLite file that makes accepted commands survive a kill; without it the account lives in memory. */
  readonly dataFile?: string;
}

export interface VenueServer {
  readonly port: number;
  readonly url: string;
  /** To read from in assertions. */
  readonly core: Exchange;
  readonly faults: Faults;
  /** Applies the market up to a time; later requests happen no earlier. */
  advanceTo(timeMs: number): void;
  counters(): VenueCounters;
  close(): Promise<void>;
}

/** Rates of the venue's entry tier. */
const ENTRY_TIER: FeeRates = { maker: '0.0002', taker: '0.0005' };

export async function startVenueServer(options: VenueServerOptions): Promise<VenueServer> {
  const venue = new VenueEngine(options.market, options.clock, accountOf(options), options.dataFile ?? null);
  const limiter = new RateLimiter(options.limits ?? BINANCE_RATE_LIMITS);
  const { apiKey, apiSecret } = options;
  const handler = new RequestHandler(venue, { apiKey, apiSecret }, limiter);
  const server = createServer((message, response) => handler.handle(message, response));
  const port = await listen(server, options.port);
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    core: venue.exchange,
    faults: handler.faults,
    advanceTo: (timeMs) => venue.advanceTo(timeMs),
    counters: () => handler.counters(),
    close: async () => {
      handler.stop();
      await close(server);
      venue.close();
    },
  };
}

export function accountOf(options: Pick<VenueServerOptions, 'positionMode' | 'wallet' | 'fees' | 'leverage' | 'multiAssets' | 'firstOrderId'>): AccountSetup {
  return {
    assets: options.wallet,
    positionMode: options.positionMode,
    multiAssets: options.multiAssets ?? false,
    fees: options.fees ?? ENTRY_TIER,
    defaultLeverage: options.leverage ?? 20,
    firstOrderId: options.firstOrderId ?? '8389765000000000001',
    firstTradeId: '6700000001',
    firstTranId: '8082457372000000001',
  };
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      reject(new Error(`Cannot start the simulated venue on 127.0.0.1:${port}: another process uses it; stop that one or choose another port.`, { cause }));
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error(`the venue does not listen on a port but on ${address}`);
  return address.port;
}

/** Hanging requests are cut off. */
async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
  });
  server.closeAllConnections();
  await closed;
}
