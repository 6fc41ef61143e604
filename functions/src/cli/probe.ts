import type { Inspection } from '../compose/start-inspection.ts';
import type { Environment } from '../config/environment.ts';
import { venueSecret } from '../config/venue-credentials.ts';
import type { Answer } from './answer.ts';
import type { ProbeCommand } from './command.ts';
import { knownSymbol } from './known-symbol.ts';
import { probeLines } from './probe-lines.ts';
import { readProbe } from './read-probe.ts';
import type { ProbeMarket } from './read-probe.ts';
import { readMarket } from '../app/market/read-market.ts';
import { venueAccess } from './venue-access.ts';

/** `portcullis probe SYMBOL long|short`. Throws OperatorError for a symbol outside the universe, and without records. */
export async function probe(inspection: Inspection, place: string, command: ProbeCommand, environment: Environment): Promise<Answer> {
  const { targetLeverage } = knownSymbol(inspection.config.universe, command.symbol);
  const market = await askMarket(inspection, command.symbol, environment);
  const view = await readProbe(inspection, place, { ...command, leverage: targetLeverage }, market);
  return { json: view, lines: probeLines(view), exitCode: 0 };
}

async function askMarket({ openVenue, limits }: Inspection, symbol: string, environment: Environment): Promise<ProbeMarket> {
  const access = venueAccess(environment, venueSecret());
  if (access.kind === 'none') return unread(access.cause);
  return readMarket({ venue: await openVenue(() => access.secret), limits }, { symbol, purpose: 'open' });
}

function unread(cause: string): ProbeMarket {
  return { quotes: { kind: 'unavailable', cause }, marks: { kind: 'unavailable', cause }, books: { kind: 'unavailable', cause } };
}
