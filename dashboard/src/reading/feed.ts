/**
 * A list of the newest documents of a collection, kept up to date by what has been written since: the whole list is read
 * once, then only changes are, so that a refresh costs as many reads as documents changed.
 */
import { asTime } from '../records/fields.ts';
import type { StoredDocument } from '../records/fields.ts';
import type { FirestoreReader } from '../records/firestore-reader.ts';

export interface FeedSpec {
  readonly collection: string;
  /** Time field by which the list is ordered, newest first. */
  readonly orderBy: string;
  readonly keep: number;
}

/** Instances have clocks of their own: what is stamped a little before the newest known may have come later. */
const OVERLAP_MS = 5_000;
/** Above this the whole list is cheaper. */
const MOST_CHANGES = 100;

export type Feed = readonly StoredDocument<object>[];

export async function refreshed(reader: FirestoreReader, spec: FeedSpec, known: Feed | null): Promise<Feed> {
  const since = known === null ? null : newestStamp(known);
  if (known === null || since === null) return whole(reader, spec);
  const { value: changed } = await reader.query({
    collection: spec.collection,
    where: { field: 'updatedAt', op: 'GREATER_THAN_OR_EQUAL', value: { at: Math.max(0, since - OVERLAP_MS) } },
    orderBy: { field: 'updatedAt', direction: 'ASCENDING' },
    limit: MOST_CHANGES,
  });
  return changed.length === MOST_CHANGES ? whole(reader, spec) : merged(spec, known, changed);
}

async function whole(reader: FirestoreReader, { collection, orderBy, keep }: FeedSpec): Promise<Feed> {
  return (await reader.query({ collection, orderBy: { field: orderBy, direction: 'DESCENDING' }, limit: keep })).value;
}

/** What changed takes the place of what was known under the same id. */
export function merged({ orderBy, keep }: Pick<FeedSpec, 'orderBy' | 'keep'>, known: Feed, changed: Feed): Feed {
  const byId = new Map([...known, ...changed].map((document) => [document.id, document]));
  return [...byId.values()].toSorted((a, b) => timeOf(b, orderBy) - timeOf(a, orderBy)).slice(0, keep);
}

function newestStamp(feed: Feed): number | null {
  return feed.reduce<number | null>((newest, document) => {
    const at = timeOf(document, 'updatedAt');
    return Number.isFinite(at) && (newest === null || at > newest) ? at : newest;
  }, null);
}

/** A document without its time is older than all. */
function timeOf({ fields }: StoredDocument<object>, field: string): number {
  const times: Readonly<Record<string, unknown>> = fields;
  return asTime(times[field]) ?? Number.NEGATIVE_INFINITY;
}
