/** What the venue says that bears on one order: prices for all, and for an exit the position it is to close. */
import type { VenuePosition } from '../../domain/account/account.ts';
import type { Reading } from '../../domain/found.ts';
import type { Instrument } from '../../domain/market/instrument.ts';
import { isExiting } from '../../domain/intent/is-exiting.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { readForeignInstrument } from './read-instrument.ts';
import type { MarketReading } from './read-market.ts';
import { readMarket } from './read-market.ts';

export interface OrderMarket {
  readonly market: MarketReading;
  /** Null for an entry, which needs none. */
  readonly held: Reading<readonly VenuePosition[]> | null;
  /** Rules of a symbol outside the universe. */
  readonly foreignInstrument: Instrument | null;
}

export async function readOrderMarket(deps: EngineDeps, intent: IntentRecord): Promise<OrderMarket> {
  if (!isExiting(intent)) return { market: await readMarket(deps, intent), held: null, foreignInstrument: null };
  const [market, held, foreignInstrument] = await Promise.all([
    readMarket(deps, intent),
    deps.venue.positions(),
    readForeignInstrument(deps, intent.symbol),
  ]);
  return { market, held, foreignInstrument };
}
