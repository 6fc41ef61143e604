import type { Inspection } from '../compose/start-inspection.ts';
import type { Environment } from '../config/environment.ts';
import { venueSecret } from '../config/venue-credentials.ts';
import type { Answer } from './answer.ts';
import type { ProbeCommand } from './command.ts';
import { knownSymbol } from './known-symbol.ts';
import { probeLines } from './probe-lines.ts';
import { readProbe } from './read-probe.ts';
import type { ProbeMarket } from './read-probe.ts';
import { readMarket } from '../app/read-market.ts';

/** `portcullis probe SYMBOL long|short`. Throws OperatorError for a symbol outside the universe, and without records. */
export async function probe(inspection: Inspection, place: string, command: ProbeCommand, environment: Environment): Promise<Answer> {
  const { targetLeverage } = knownSymbol(inspection.config.universe, command.symbol);
  const market = await askMarket(inspection, command.symbol, environment);
  const view = await readProbe(inspection, place, { ...command, leverage: targetLeverage }, market);
  return { json: view, lines: probeLines(view), exitCode: 0 };
}

/** Asks the venue where there is one to ask; a local run that has ended has taken its exchange with it. Paper asks the live market, and needs no key for it. */
async function askMarket({ openVenue, limits }: Inspection, symbol: string, { tradingEnv, venueBaseUrl, firestoreEmulatorHost }: Environment): Promise<ProbeMarket> {
  const isPaper = tradingEnv === 'paper' && venueBaseUrl === null;
  if (isPaper && firestoreEmulatorHost !== null) return unread('no simulated exchange is running here (VENUE_BASE_URL is not set)');
  const secret = isPaper ? null : venueSecret();
  if (secret === null && !isPaper) return unread('the venue was not asked, as VENUE_CREDENTIALS is not set');
  const venue = await openVenue(() => secret);
  return readMarket({ venue, limits }, { symbol, purpose: 'open' });
}

function unread(cause: string): ProbeMarket {
  return { quotes: { kind: 'unavailable', cause }, marks: { kind: 'unavailable', cause }, books: { kind: 'unavailable', cause } };
}
