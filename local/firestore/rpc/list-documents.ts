import { compareSegments } from '../paths/compare-paths.ts';
import { checkId, lastSegment, parseParent } from '../paths/resource-path.ts';
import type { WireConsistency, WireDocument, WireMask } from '../protocol/messages.ts';
import { invalidArgument } from '../protocol/status.ts';
import { childPath } from '../store/database.ts';
import type { Document } from '../store/version.ts';
import { withView } from '../transactions/with-view.ts';
import { parseFieldPath, project } from '../values/field-path.ts';
import { documentToWire } from '../values/wire-value.ts';
import type { UnaryHandler } from './handler.ts';
import { pageOf } from './page.ts';

interface Request extends WireConsistency {
  readonly parent: string;
  readonly collectionId: string;
  readonly pageSize: number;
  readonly pageToken: string;
  readonly orderBy: string;
  readonly mask: WireMask | null;
  readonly showMissing: boolean;
}

interface Response {
  readonly documents: readonly WireDocument[];
  readonly nextPageToken: string;
}

/** With `showMissing`, ids that only have collections below them are listed too, without fields and times. */
export const listDocuments: UnaryHandler<Request, Response> = async (engine, request, call) => {
  const parent = parseParent(request.parent);
  checkId(request.collectionId);
  if (request.orderBy !== '' && request.orderBy !== '__name__') {
    throw invalidArgument(`orderBy is "${request.orderBy}"; the embedded Firestore lists documents by __name__ only.`);
  }
  const database = engine.store.database(parent.database);
  const scope = { parentPath: parent.path, collectionId: request.collectionId, allDescendants: false };
  const { result } = await withView(engine, parent.database, request, call, (view) =>
    view.query((time) => [...database.scan(scope, time)]),
  );
  const collectionPath = childPath(parent.path, request.collectionId);
  const byId = new Map<string, Document | undefined>(result.map((document) => [lastSegment(document.key.path), document]));
  if (request.showMissing) for (const id of database.missingIds(collectionPath)) byId.set(id, byId.get(id));
  const ids = [...byId.keys()].toSorted(compareSegments);
  const { items, nextPageToken } = pageOf(ids, request, (id) => id, compareSegments);
  engine.counters.read(Math.max(1, items.length));
  const mask = request.mask?.fieldPaths.map(parseFieldPath);
  const documents = items.map((id): WireDocument => {
    const document = byId.get(id);
    if (document === undefined) return { name: database.key(`${collectionPath}/${id}`).name, fields: {} };
    return documentToWire(document, mask === undefined ? document.fields : project(document.fields, mask));
  });
  return { documents, nextPageToken };
};
