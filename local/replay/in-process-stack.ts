/** What stands behind the ports where no wire is wanted: the matching core on a market feed, a store and a bus in memory. */
import { createMemoryBus } from '../../functions/src/adapters/bus-memory/memory-bus.ts';
import type { Handler } from '../../functions/src/adapters/bus-memory/memory-bus.ts';
import { createMemoryStore } from '../../functions/src/adapters/store-memory/memory-store.ts';
import type { MemoryStore } from '../../functions/src/adapters/store-memory/memory-store.ts';
import { createSimulatedVenue } from '../../functions/src/adapters/venue-simulated/create-simulated-venue.ts';
import type { Bus } from '../../functions/src/ports/bus.ts';
import type { Venue } from '../../functions/src/ports/venue.ts';
import { localAccount } from '../host/stack.ts';
import type { SimulatedTime } from '../host/simulated-time.ts';
import type { MarketFeed } from '../venue/market/market-feed.ts';
import { accountOf } from '../venue/server.ts';
import { VenueEngine } from '../venue/venue-engine.ts';
import { candleHistory } from './candle-history.ts';

export interface InProcessStack {
  readonly store: MemoryStore;
  readonly bus: Bus;
  readonly venue: Venue;
  readonly engine: VenueEngine;
  /** Messages that are about to be delivered, and handlers under way. */
  readonly due: () => number;
  readonly running: () => number;
}

export interface Handlers {
  readonly 'order-intents': Handler;
  readonly 'order-checks': Handler;
}

const RETRY_MS = 10_000;

/** The same account on the same market as behind the wire, so that both runs decide the same. */
export function inProcessStack(feed: MarketFeed, time: SimulatedTime, handlers: () => Handlers): InProcessStack {
  const stamp = { engineVersion: 'replay', configHash: 'replay', flags: 'none', runId: () => 'replay', now: () => time.now() };
  const engine = new VenueEngine(feed, () => time.now(), accountOf(localAccount(feed)), null);
  engine.advance();
  let due = 0;
  let running = 0;
  const later = (delayMs: number, deliver: () => void): void => {
    if (delayMs > 0) return void time.schedule(delayMs, deliver);
    due += 1;
    setImmediate(() => {
      due -= 1;
      deliver();
    });
  };
  const bus = createMemoryBus({ later, retryMs: RETRY_MS });
  for (const topic of ['order-intents', 'order-checks'] as const) {
    bus.subscribe(topic, async (wakeUp) => {
      running += 1;
      try {
        await handlers()[topic](wakeUp);
      } finally {
        running -= 1;
      }
    });
  }
  return {
    // A run over the wire writes the same records through the same schemas, and checks each of them.
    store: createMemoryStore({ namespace: 'paper', stamp, validate: false }),
    bus,
    venue: createSimulatedVenue({ exchange: engine.exchange, clock: time, candles: candleHistory(feed) }),
    engine,
    due: () => due,
    running: () => running,
  };
}
