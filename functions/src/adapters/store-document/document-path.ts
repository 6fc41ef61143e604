/** Where a document lives: `hedge/{namespace}/{collection}/{id}`. Refuses here what Firestore would refuse later. */

const MAX_SEGMENT_BYTES = 1500;

/** A collection name has an odd number of segments: `orders`, or `control/trading/audit` below a document. */
export function collectionPath(namespace: string, name: string): string {
  const ofNamespace = checked.get(namespace) ?? new Map<string, string>();
  const known = ofNamespace.get(name);
  if (known !== undefined) return known;
  const path = checkedCollectionPath(namespace, name);
  checked.set(namespace, ofNamespace.set(name, path));
  return path;
}

/** By namespace and name, of which a process has few: checked once each. */
const checked = new Map<string, Map<string, string>>();

function checkedCollectionPath(namespace: string, name: string): string {
  const segments = name.split('/');
  for (const segment of [namespace, ...segments]) refuseBadSegment(segment, `collection "${name}" of namespace "${namespace}"`);
  if (segments.length % 2 === 0) {
    throw new Error(`collection name "${name}" ends at a document: give it one more segment, or one less`);
  }
  return `hedge/${namespace}/${name}`;
}

export function documentPath(collectionAt: string, id: string): string {
  refuseBadSegment(id, `document id in ${collectionAt}`);
  return `${collectionAt}/${id}`;
}

function refuseBadSegment(segment: string, what: string): void {
  const fault = segmentFault(segment);
  if (fault !== null) throw new Error(`${what}: "${segment}" ${fault}`);
}

function segmentFault(segment: string): string | null {
  if (segment === '') return 'is empty: every path segment needs at least one character';
  if (segment === '.' || segment === '..') return 'is a relative path: use another name';
  if (segment.includes('/')) return 'contains a slash: replace it, for example by a dash';
  if (segment.startsWith('__') && /^__.*__$/.test(segment)) return 'is reserved by Firestore: do not begin and end a name with two underscores';
  // A UTF-16 unit takes at most three bytes, so short names need no counting.
  if (segment.length * 3 > MAX_SEGMENT_BYTES && Buffer.byteLength(segment) > MAX_SEGMENT_BYTES) {
    return `is longer than ${String(MAX_SEGMENT_BYTES)} bytes: shorten it`;
  }
  return null;
}
