/**
 * Reads Firestore by its REST interface with the signed-in person's rights, which firestore.rules decide. There is no
 * method that writes.
 */
import { asFields } from './fields.ts';
import type { StoredDocument } from './fields.ts';
import { readDocument, readTime } from './rest-document.ts';

/** Time of day, as a filter; text, number, flag and null as they are. */
export type FilterValue = string | null | { readonly at: number } | readonly string[];

export interface Query {
  readonly collection: string;
  readonly where?: { readonly field: string; readonly op: 'EQUAL' | 'GREATER_THAN_OR_EQUAL' | 'IN'; readonly value: FilterValue };
  readonly orderBy?: { readonly field: string; readonly direction: 'ASCENDING' | 'DESCENDING' };
  readonly limit: number;
}

/** `readAt` is Firestore's own time: the page needs no clock of its own to tell how old a record is. */
export interface Answer<T> {
  readonly readAt: number;
  readonly value: T;
}

export interface FirestoreReader {
  /** Documents below `hedge/{namespace}`, by path such as `state/nav`; null where there is none. */
  get(paths: readonly string[]): Promise<Answer<ReadonlyMap<string, StoredDocument<object> | null>>>;
  query(query: Query): Promise<Answer<readonly StoredDocument<object>[]>>;
}

/** Why a read has failed, in words for whoever looks at the page. */
export class ReadError extends Error {
  override readonly name = 'ReadError';
  /** The person must sign in again, or has no right to read. */
  readonly denied: boolean;

  constructor(message: string, denied: boolean) {
    super(message);
    this.denied = denied;
  }
}

export interface ReaderOptions {
  /** `https://firestore.googleapis.com`, or nothing where the page's own server answers. */
  readonly origin: string;
  readonly projectId: string;
  readonly namespace: string;
  /** Null where no sign-in is needed. */
  readonly token: () => Promise<string | null>;
  readonly fetch: typeof fetch;
}

const DEADLINE_MS = 15_000;

export function firestoreReader(options: ReaderOptions): FirestoreReader {
  const documents = `projects/${options.projectId}/databases/(default)/documents`;
  const root = `${documents}/hedge/${options.namespace}`;
  return {
    get: async (paths) => {
      const rows = await post(options, `/v1/${documents}:batchGet`, { documents: paths.map((path) => `${root}/${path}`) });
      const found = new Map<string, StoredDocument<object> | null>(paths.map((path) => [path, null]));
      for (const row of rows) {
        const document = asFields<{ name: string }>(row.found);
        if (typeof document?.name === 'string') found.set(document.name.slice(root.length + 1), readDocument(document));
      }
      return { readAt: readAtOf(rows), value: found };
    },
    query: async (query) => {
      const rows = await post(options, `/v1/${root}:runQuery`, { structuredQuery: structured(query) });
      return { readAt: readAtOf(rows), value: rows.flatMap((row) => readDocument(row.document) ?? []) };
    },
  };
}

interface Row {
  readonly found: unknown;
  readonly document: unknown;
  readonly readTime: unknown;
}

async function post({ origin, token, fetch }: ReaderOptions, path: string, body: object): Promise<readonly Partial<Row>[]> {
  const idToken = await token();
  const headers = { 'content-type': 'application/json', ...(idToken === null ? {} : { authorization: `Bearer ${idToken}` }) };
  const response = await fetch(`${origin}${path}`, { method: 'POST', headers, body: JSON.stringify(body), signal: AbortSignal.timeout(DEADLINE_MS) });
  if (response.status === 401) throw new ReadError('The sign-in has ended. Sign in again.', true);
  if (response.status === 403) throw new ReadError('This account may not read the records. Ask an operator for the claim "viewer" or "operator".', true);
  if (!response.ok) throw new ReadError(`Firestore answered ${response.status}: ${(await response.text()).slice(0, 200)}`, false);
  const rows: unknown = await response.json();
  if (!Array.isArray(rows)) throw new ReadError('Firestore answered something that is no list of results.', false);
  return rows.flatMap((row: unknown) => asFields<Row>(row) ?? []);
}

function readAtOf(rows: readonly Partial<Row>[]): number {
  const at = rows.map((row) => readTime(row.readTime)).find((time) => time !== undefined);
  if (at === undefined) throw new ReadError('Firestore answered without a time.', false);
  return at;
}

function structured({ collection, where, orderBy, limit }: Query): object {
  return {
    from: [{ collectionId: collection }],
    ...(where === undefined ? {} : { where: filter(where) }),
    ...(orderBy === undefined ? {} : { orderBy: [{ field: { fieldPath: orderBy.field }, direction: orderBy.direction }] }),
    limit,
  };
}

function filter({ field, op, value }: NonNullable<Query['where']>): object {
  if (value === null) return { unaryFilter: { field: { fieldPath: field }, op: 'IS_NULL' } };
  return { fieldFilter: { field: { fieldPath: field }, op, value: restValue(value) } };
}

function restValue(value: NonNullable<FilterValue>): object {
  if (typeof value === 'string') return { stringValue: value };
  if ('at' in value && typeof value.at === 'number') return { timestampValue: new Date(value.at).toISOString() };
  return { arrayValue: { values: [...(Array.isArray(value) ? value : [])].map((item: string) => ({ stringValue: item })) } };
}
