/** `portcullis compare --counterfactual`: what refused entries would have come to, over the candles that followed. */
import { readRefusedEntries } from '../app/inspect/read-refused-entries.ts';
import type { Inspection } from '../compose/start-inspection.ts';
import type { Environment } from '../config/environment.ts';
import type { Reading } from '../domain/found.ts';
import type { CandleSeries } from '../domain/market/market.ts';
import { seriesKey } from '../domain/screening/decide.ts';
import { TIMEFRAME_MS } from '../domain/screening/due-candles.ts';
import { candlesNeeded } from '../domain/screening/wish-of.ts';
import { counterfactualOf } from '../domain/shadow/counterfactual.ts';
import type { RefusedEntry } from '../domain/shadow/counterfactual.ts';
import type { EpochMs } from '../schema/scalars.ts';
import type { Answer } from './answer.ts';
import { counterfactualLines } from './counterfactual-lines.ts';
import { venueAccess } from './venue-access.ts';
import type { VenueAccess } from './venue-access.ts';

const DAY_MS = 86_400_000;
/** What the venue gives in one answer, the candle that is still open left out. */
const MOST_CANDLES = 1499;

/** `secret` is what opens the venue; null where there is none. */
export async function counterfactual(inspection: Inspection, place: string, from: EpochMs | null, environment: Environment, secret: unknown): Promise<Answer> {
  const now = inspection.clock.now();
  const since = from ?? Math.max(1, now - DAY_MS);
  const refused = await readRefusedEntries(inspection, since);
  const { candles, problem } = refused.length === 0 ? { candles: new Map<string, CandleSeries['candles']>(), problem: null } : await readCandles(inspection, venueAccess(environment, secret), refused, since, now);
  const { strategies } = inspection.config.strategies;
  const result = counterfactualOf(refused, {
    strategies,
    candlesOf: (strategy, symbol) => candles.get(seriesKey(strategy.timeframe, symbol)) ?? null,
    takerFeeBps: inspection.config.router.takerFeeBps,
  });
  const view = { place, since, now, refused: refused.length, problem, takerFeeBps: inspection.config.router.takerFeeBps, ...result };
  return { json: view, lines: counterfactualLines(view), exitCode: 0 };
}

interface Candles {
  readonly candles: ReadonlyMap<string, CandleSeries['candles']>;
  /** Why some or all are missing; null when none is. */
  readonly problem: string | null;
}

/** One call a timeframe, as the screener reads them. */
async function readCandles(inspection: Inspection, access: VenueAccess, refused: readonly RefusedEntry[], since: EpochMs, now: EpochMs): Promise<Candles> {
  if (access.kind === 'none') return { candles: new Map(), problem: `${access.cause}, so there are no candles to follow` };
  const venue = await inspection.openVenue(() => access.secret);
  const wanted = inspection.config.strategies.strategies.filter(({ name }) => refused.some(({ strategy }) => strategy === name));
  const readings = await Promise.all(
    wanted.map(async (strategy) => {
      const symbols = [...new Set(refused.filter(({ strategy: name }) => name === strategy.name).map(({ symbol }) => symbol))];
      const count = Math.min(MOST_CANDLES, Math.ceil((now - since) / TIMEFRAME_MS[strategy.timeframe]) + candlesNeeded(strategy) + 1);
      return { strategy, reading: await venue.candles(symbols, strategy.timeframe, count) };
    }),
  );
  const found = readings.flatMap(({ strategy, reading }) => (reading.kind === 'found' ? reading.value.map((one) => [seriesKey(strategy.timeframe, one.symbol), one.candles] as const) : []));
  return { candles: new Map(found), problem: problemOf(readings.map(({ reading }) => reading)) };
}

function problemOf(readings: readonly Reading<readonly CandleSeries[]>[]): string | null {
  const causes = readings.flatMap((reading) => (reading.kind === 'unavailable' ? [reading.cause] : []));
  return causes.length === 0 ? null : causes.join('; ');
}
