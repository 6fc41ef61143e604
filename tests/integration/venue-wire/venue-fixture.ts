import { afterEach } from 'vitest';
import type { MarketEvent } from '../../../functions/src/domain/matching/market-event.ts';
import { type VenueServer, type VenueServerOptions, startVenueServer } from '../../../local/venue/server.ts';
import { T0, instrument, mark, quote } from '../../unit/domain/matching/exchange-builder.ts';
import { type binanceusdm, ccxtClient } from './ccxt-client.ts';
import { scriptedFeed } from './scripted-feed.ts';

export const API_KEY = 'testKey0123456789';
export const API_SECRET = 'testSecret0123456789';
export const BTC = 'BTC/USDT:USDT';

export interface VenueFixture {
  readonly venue: VenueServer;
  readonly client: binanceusdm;
  /** Appends market events and moves the venue's clock to the last of them. */
  readonly happens: (...events: readonly MarketEvent[]) => void;
  /** Moves the venue's clock. */
  readonly at: (time: number) => void;
}

const running: VenueServer[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((venue) => venue.close()));
});

/** A venue with a quiet market at 50000 whose clock stands at T0 until a test moves it. */
export async function startFixture(over: Partial<VenueServerOptions> = {}): Promise<VenueFixture> {
  const events: MarketEvent[] = [quote(), mark()];
  let now = T0;
  const venue = await startVenueServer({
    port: 0,
    market: scriptedFeed({ instruments: [instrument()], startTime: T0, events }),
    clock: () => now,
    apiKey: API_KEY,
    apiSecret: API_SECRET,
    positionMode: 'hedge',
    wallet: { USDT: { balance: '10000', usdRate: '1', collateralRatio: '1' } },
    leverage: 10,
    ...over,
  });
  running.push(venue);
  const client = ccxtClient({ url: venue.url, apiKey: API_KEY, secret: API_SECRET, clock: () => now });
  const at = (time: number): void => {
    now = time;
    venue.advanceTo(time);
  };
  const happens = (...next: readonly MarketEvent[]): void => {
    events.push(...next);
    at(next.at(-1)?.time ?? now);
  };
  return { venue, client, happens, at };
}
