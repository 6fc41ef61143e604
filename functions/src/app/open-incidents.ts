/**
 * Reads the incidents that are open. What others do in the account can be any number of them: those are read apart, and
 * never push what is wrong with our own positions off the list.
 */
import type { OpenIncident } from '../domain/alerts/incident-ends.ts';
import type { Store } from '../ports/store.ts';
import { INCIDENTS, incidentKind } from '../schema/records/incident.ts';
import type { IncidentKind } from '../schema/records/incident.ts';

/** More than an account of ours has at once. */
export const MOST_OF_OURS = 500;
export const MOST_OF_OTHERS = 100;

export const OF_OTHERS: readonly IncidentKind[] = ['foreignFills', 'foreignOrder'];
const OF_OURS = incidentKind.options.filter((kind) => !OF_OTHERS.includes(kind));

export interface IncidentsRead {
  readonly open: readonly OpenIncident[];
  /** Kinds of which more may be open than were read: of those, one that is missing here is not over. */
  readonly cutKinds: ReadonlySet<IncidentKind>;
}

export const NO_INCIDENTS: IncidentsRead = { open: [], cutKinds: new Set() };

export async function findOpenIncidents(store: Pick<Store, 'query'>): Promise<IncidentsRead> {
  const [ours, others] = await Promise.all([readKinds(store, OF_OURS, MOST_OF_OURS), readKinds(store, OF_OTHERS, MOST_OF_OTHERS)]);
  return { open: [...ours.open, ...others.open], cutKinds: ours.cutKinds.union(others.cutKinds) };
}

async function readKinds(store: Pick<Store, 'query'>, kinds: readonly IncidentKind[], limit: number): Promise<IncidentsRead> {
  const open = await store.query({ collection: INCIDENTS, where: [{ field: 'resolvedAt', op: '==', value: null }, { field: 'kind', op: 'in', value: kinds }], limit });
  return { open, cutKinds: new Set(open.length < limit ? [] : kinds) };
}
