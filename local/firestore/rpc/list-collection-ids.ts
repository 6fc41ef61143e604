import { compareSegments } from '../paths/compare-paths.ts';
import { parseParent } from '../paths/resource-path.ts';
import type { UnaryHandler } from './handler.ts';
import { pageOf } from './page.ts';

interface Request {
  readonly parent: string;
  readonly pageSize: number;
  readonly pageToken: string;
}

interface Response {
  readonly collectionIds: readonly string[];
  readonly nextPageToken: string;
}

export const listCollectionIds: UnaryHandler<Request, Response> = (engine, request) => {
  const parent = parseParent(request.parent);
  const ids = engine.store.database(parent.database).collectionIds(parent.path);
  const { items, nextPageToken } = pageOf(ids, request, (id) => id, compareSegments);
  engine.counters.read(1);
  return { collectionIds: items, nextPageToken };
};
