/** All that sync reads from the venue, in parallel. A read that fails is a problem that is told, never a value. */
import type { SyncReadings } from '../domain/account/plan-sync.ts';
import { toRecord } from '../domain/market/instrument-record.ts';
import type { Reading } from '../domain/found.ts';
import type { IncomeState } from '../schema/records/income-state.ts';
import type { MarketMetadata } from '../schema/records/market-metadata.ts';
import type { EngineDeps } from './engine-deps.ts';

const HOUR_MS = 3_600_000;

export interface VenueReadings extends SyncReadings {
  /** Fresh metadata when the stored one was missing or too old. */
  readonly markets: MarketMetadata | null;
}

export async function readVenue(deps: EngineDeps, income: IncomeState, stored: MarketMetadata | null): Promise<VenueReadings> {
  const symbols = deps.config.universe.symbols.map((entry) => entry.symbol);
  const now = deps.clock.now();
  const stale = stored === null || now - stored.fetchedAt > deps.config.runtime.markets.maxAgeHours * HOUR_MS;
  const [account, positions, marks, rows, instruments] = await Promise.all([
    deps.venue.account(),
    deps.venue.positions(),
    deps.venue.marks(symbols),
    deps.venue.incomeSince(income.cursorAt),
    stale ? deps.venue.instruments(symbols) : null,
  ]);
  const problems: string[] = [];
  const value = <T>(what: string, reading: Reading<T> | null): T | null => {
    if (reading === null) return null;
    if (reading.kind === 'found') return reading.value;
    problems.push(`${what}: ${reading.cause}`);
    return null;
  };
  const accountValue = value('account', account);
  const fresh = value('instruments', instruments);
  return {
    account: accountValue,
    positions: value('positions', positions),
    marks: value('marks', marks),
    income: value('income', rows),
    markets:
      fresh === null || accountValue === null
        ? null
        : { instruments: fresh.map(toRecord), positionMode: accountValue.positionMode, fetchedAt: now },
    problems,
  };
}
