/** What a run of `control` gets: the run's own dependencies, as compose puts them together. */
import type { ControlDeps } from '../../functions/src/app/control/control-deps.ts';
import type { EngineDeps } from '../../functions/src/app/engine-deps.ts';
import { flatten } from '../../functions/src/app/exits/flatten.ts';
import { Budgets } from '../../functions/src/app/requests/budgets.ts';

export function desk(deps: EngineDeps): ControlDeps {
  const { engineVersion, configHash, recordGate } = deps.identity;
  return {
    ...deps, engineVersion, configHash, recordGate,
    place: 'simulation',
    budgets: new Budgets(),
    openReach: () => Promise.resolve({ venue: deps.venue, venueName: deps.venueName, askedFrom: 'simulation', accountIsOurs: false }),
    flatten: (request) => flatten(deps, request),
  };
}
