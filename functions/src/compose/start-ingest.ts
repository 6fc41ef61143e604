import type { IngestDeps } from '../app/ingest/ingest-deps.ts';
import { RefusalTally } from '../app/requests/refusal-tally.ts';
import { parseIngestKeys } from '../config/ingest-keys.ts';
import type { IngestKeys } from '../config/ingest-keys.ts';
import { budgets } from './budgets.ts';
import { once } from './once.ts';
import { openEngine, startRecords } from './start-run.ts';

const ingestTally = once(() => new RefusalTally('ingest'));

/** What one outside signal needs. Throws ConfigError for keys that are not well formed, without repeating them. */
export async function startIngest(keys: string, credentials: () => unknown): Promise<{ readonly deps: IngestDeps; readonly keys: IngestKeys; readonly tally: RefusalTally }> {
  const parsed = parseIngestKeys(keys);
  const records = await startRecords('ingest');
  const { store, clock, config, log, step, costs, gate } = records;
  const deps: IngestDeps = { store, clock, config, log, step, costs, recordGate: gate.state, budgets: budgets(), openEngine: () => openEngine(records, credentials) };
  return { deps, keys: parsed, tally: ingestTally() };
}
