import type { ControlDeps } from '../app/control/control-deps.ts';
import { RefusalTally } from '../app/requests/refusal-tally.ts';
import type { Identities } from '../ports/identities.ts';
import { budgets } from './budgets.ts';
import { firebaseAuth } from './firebase.ts';
import { host } from './host.ts';
import { once } from './once.ts';
import { isPaperAccount } from './open-venue.ts';
import { VENUE_NAME, environment, hash, version } from './settings.ts';
import { openEngine, startRecords } from './start-run.ts';

const controlTally = once(() => new RefusalTally('control'));

/** What one request of an operator needs. */
export async function startControl(credentials: () => unknown): Promise<{ readonly deps: ControlDeps; readonly identities: Identities; readonly tally: RefusalTally }> {
  const deps = await startDesk(credentials, environment().region);
  return { deps, identities: host().identities ?? (await firebaseAuth()), tally: controlTally() };
}

/** Where requests of operators are worked off, without asking who they are. The venue is opened for what needs it, so that a halt never waits for it. `askedFrom` tells people where that is. */
export async function startDesk(credentials: () => unknown, askedFrom: string): Promise<ControlDeps> {
  const records = await startRecords('control');
  const { store, clock, config, orderGate, log, step, costs, gate } = records;
  return {
    store,
    clock,
    config,
    orderGate,
    log,
    step,
    costs,
    recordGate: gate.state,
    engineVersion: version(),
    configHash: hash(),
    place: `hedge/${environment().namespace}`,
    budgets: budgets(),
    openReach: async () => ({ venue: (await openEngine(records, credentials)).venue, venueName: VENUE_NAME, askedFrom, accountIsOurs: isPaperAccount(environment()) }),
    flatten: async (request) => (await import('../app/exits/flatten.ts')).flatten(await openEngine(records, credentials), request),
  };
}
