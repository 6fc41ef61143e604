/** Ends the incidents that are over, and answers those that stay open. What it has to ask costs nothing while none is open. */
import { isEvent, isOver } from '../../domain/alerts/incident-ends.ts';
import type { IncidentFacts, OpenIncident } from '../../domain/alerts/incident-ends.ts';
import { CorruptRecordError } from '../../ports/store.ts';
import type { Transaction } from '../../ports/store.ts';
import { ACKNOWLEDGEMENTS } from '../../schema/records/acknowledgement.ts';
import { INCIDENTS, OPEN_INCIDENTS, OPEN_INCIDENTS_ID, openIncidentsOf } from '../../schema/records/incident.ts';
import type { OpenIncidents } from '../../schema/records/incident.ts';
import { INTENTS } from '../../schema/records/intent.ts';
import { ORDERS } from '../../schema/records/order.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { queryProtections } from '../exits/read-protections.ts';
import { ambiguousIncidentId, unprotectedIncidentId } from '../incidents.ts';
import type { IncidentsRead } from '../open-incidents.ts';
import { readStored } from '../read-stored.ts';
import type { SyncEnd } from './sync-end.ts';

/** An order that confirm looks at and finds in order is no longer told of. */
const QUIET_MS = 300_000;

/** `listed` is what `state/open_incidents` says; null when it says nothing. */
export async function settleIncidents(deps: EngineDeps, { open, cutKinds }: IncidentsRead, listed: OpenIncidents | null, end: SyncEnd): Promise<readonly OpenIncident[]> {
  const facts = open.length === 0 ? null : await deps.step('report.read-incidents', () => readFacts(deps, open, end));
  const over = new Set(facts === null ? [] : open.filter((incident) => isOver(incident, facts)));
  const known = new Set(open.map(({ id }) => id));
  const listedIds = new Set(listed === null ? [] : listed.ids);
  // Whether one is gone or was left out of a list that was cut cannot be told here.
  const gone = cutKinds.size > 0 ? [] : [...listedIds.difference(known)];
  const unlisted = [...known.difference(listedIds)];
  if (over.size === 0 && gone.length === 0 && unlisted.length === 0 && listed !== null) return open;
  await deps.step('report.end-incidents', () => deps.store.transact((tx) => endIncidents(tx, { open, over, gone, unlisted }, deps.clock.now())));
  for (const { data } of over) deps.log.incidentEnded(data.kind, data.summary);
  return open.filter((incident) => !over.has(incident));
}

interface Ending {
  readonly open: readonly OpenIncident[];
  readonly over: ReadonlySet<OpenIncident>;
  /** Listed as open, and no longer so. */
  readonly gone: readonly string[];
  /** Open, and not listed as such: the list was missing or damaged when the latest was raised. */
  readonly unlisted: readonly string[];
}

/** One that was told again meanwhile is not over, and stays listed. */
async function endIncidents(tx: Transaction, { open, over, gone, unlisted }: Ending, now: EpochMs): Promise<void> {
  const ids = [...[...over].map(({ id }) => id), ...gone];
  const stored = await readStored(tx, OPEN_INCIDENTS, OPEN_INCIDENTS_ID);
  const listed = stored === 'corrupt' ? null : stored;
  const known = await tx.get(Object.fromEntries(ids.map((id) => [id, { collection: INCIDENTS, id }])));
  const ended = new Set<string>();
  for (const id of ids) {
    const incident = known[id] ?? null;
    const seen = open.find((one) => one.id === id);
    const isNews = incident !== null && incident.resolvedAt === null && incident.lastSeenAt !== seen?.data.lastSeenAt;
    if (!isNews) ended.add(id);
    if (!isNews && incident !== null && incident.resolvedAt === null) tx.set(INCIDENTS, id, { ...incident, resolvedAt: now });
  }
  const left = new Set([...(listed === null ? [] : listed.ids), ...unlisted]).difference(ended);
  if (listed === null || left.symmetricDifference(new Set(listed.ids)).size > 0) tx.set(OPEN_INCIDENTS, OPEN_INCIDENTS_ID, openIncidentsOf([...left]));
}

async function readFacts(deps: EngineDeps, open: readonly OpenIncident[], { positions, foreignOrders }: SyncEnd): Promise<IncidentFacts> {
  const [unprotected, unclearOrders, acknowledged] = await Promise.all([readUnprotected(deps, open), readUnclear(deps, open), readAcknowledged(deps, open)]);
  const ledgerAgrees = positions === null || positions.health !== 'ok' || positions.disagreements.length > 0 ? null : positions.ledgerAgrees;
  return { ledgerAgrees, unprotected, unclearOrders, foreignOrders, acknowledged };
}

async function readUnprotected({ store }: EngineDeps, open: readonly OpenIncident[]): Promise<ReadonlySet<string> | null> {
  if (!open.some(({ data }) => data.kind === 'unprotectedPosition')) return null;
  const records = await queryProtections(store);
  // Protect writes a damaged one anew; until then it may be that position's.
  if (records instanceof CorruptRecordError) return null;
  return new Set(records.filter(({ data }) => data.unprotectedSinceAt !== null).map(({ data }) => unprotectedIncidentId(data)));
}

async function readUnclear({ store, clock }: EngineDeps, open: readonly OpenIncident[]): Promise<ReadonlySet<string> | null> {
  const unclear = open.filter(({ data }) => data.kind === 'ambiguousTooLong');
  if (unclear.length === 0) return null;
  const intentIds = [...new Set(unclear.flatMap(({ data }) => data.intentId ?? []))];
  const intents = await store.get(Object.fromEntries(intentIds.map((id) => [id, { collection: INTENTS, id }])));
  const orderIds = Object.values(intents).flatMap((intent) => (intent === null || intent.terminalAt !== null ? [] : (intent.clientOrderId ?? [])));
  const orders = await store.get(Object.fromEntries(orderIds.map((id) => [id, { collection: ORDERS, id }])));
  const now = clock.now();
  const lasting = Object.values(orders).flatMap((order) => {
    const id = order === null ? null : ambiguousIncidentId(order.clientOrderId);
    const incident = unclear.find((one) => one.id === id);
    return order === null || incident === undefined || !isUnclear(order.status, incident, now) ? [] : [incident.id];
  });
  return new Set(lasting);
}

/** One that the venue had lost sight of is told of at every look until it is found. */
function isUnclear(status: string, { data }: OpenIncident, now: EpochMs): boolean {
  return status === 'armed' || status === 'ambiguous' || (status === 'working' && now - data.lastSeenAt < QUIET_MS);
}

async function readAcknowledged({ store }: EngineDeps, open: readonly OpenIncident[]): Promise<ReadonlySet<string>> {
  const events = open.filter(isEvent);
  const got = events.length === 0 ? {} : await store.get(Object.fromEntries(events.map(({ id }) => [id, { collection: ACKNOWLEDGEMENTS, id }])));
  return new Set(events.filter(({ id, data }) => got[id]?.openedAt === data.openedAt).map(({ id }) => id));
}
