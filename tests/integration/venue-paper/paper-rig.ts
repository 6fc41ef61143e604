// Paper venues over one store and one scripted market, at a time that the test sets.
import { createPaperVenue } from '../../../functions/src/adapters/venue-paper/create-paper-venue.ts';
import { createSimulatedVenue } from '../../../functions/src/adapters/venue-simulated/create-simulated-venue.ts';
import type { PublicMarket } from '../../../functions/src/adapters/venue-paper/market-since.ts';
import type { Candle } from '../../../functions/src/domain/market/market.ts';
import type { Store } from '../../../functions/src/ports/store.ts';
import type { Venue } from '../../../functions/src/ports/venue.ts';
import { type ScriptedPublicMarket, scriptedPublicMarket } from '../../contract/venue/scripted-public-market.ts';
import { INSTRUMENTS, NEXT_FUNDING, OPENING_MARKET } from '../../contract/venue/venue-harness.ts';

export const MINUTE_MS = 60_000;

export interface PaperRig extends ScriptedPublicMarket {
  /** Another function instance, over the same store and market unless it is given its own way to them. */
  readonly instance: (own?: { readonly store?: Store; readonly market?: PublicMarket }) => Venue;
  readonly clock: { now: number };
  /** They grow as a test adds to them. */
  readonly btcMinutes: Candle[];
  readonly ethMinutes: Candle[];
}

export function paperRig(store: Store, startTime: number): PaperRig {
  const clock = { now: startTime };
  const now = (): number => clock.now;
  const btcMinutes: Candle[] = [];
  const ethMinutes: Candle[] = [];
  const nextFunding = { ...NEXT_FUNDING, time: startTime + 3_600_000 };
  const scripted = scriptedPublicMarket({ instruments: INSTRUMENTS, now, nextFunding, minutes: { BTCUSDT: btcMinutes, ETHUSDT: ethMinutes } });
  for (const event of OPENING_MARKET) scripted.happens(event);
  return {
    ...scripted,
    clock,
    btcMinutes,
    ethMinutes,
    instance: (own = {}) =>
      createPaperVenue({
        market: own.market ?? scripted.market,
        store: own.store ?? store,
        clock: { now, sleep: () => Promise.resolve() },
        venueOn: (exchange, at) => createSimulatedVenue({ exchange, clock: at, candles: () => null }),
      }),
  };
}

/** The minute from `openAt` on, around 50000. */
export function minute(openAt: number, over: Partial<Candle> = {}): Candle {
  return { openAt, closeAt: openAt + MINUTE_MS, open: 50_000, high: 50_010, low: 49_990, close: 50_000, volume: 12.5, ...over };
}
