import { checkIndexes } from '../engine.ts';
import type { WireConsistency, WireDocument, WireStructuredQuery, WireTimestamp } from '../protocol/messages.ts';
import { unimplemented } from '../protocol/status.ts';
import { parseQuery } from '../queries/parse-query.ts';
import { runQuery as run } from '../queries/run-query.ts';
import { withView } from '../transactions/with-view.ts';
import { isDocumentId, project } from '../values/field-path.ts';
import type { FieldPath } from '../values/field-path.ts';
import type { MapValue } from '../values/value.ts';
import { documentToWire, microsToWire } from '../values/wire-value.ts';
import type { StreamHandler } from './handler.ts';

interface Request extends WireConsistency {
  readonly parent: string;
  readonly structuredQuery: WireStructuredQuery | null;
  readonly explainOptions: object | null;
}

interface Response {
  readonly document?: WireDocument;
  readonly readTime: WireTimestamp;
  readonly transaction?: Uint8Array;
  readonly skippedResults?: number;
}

export const runQuery: StreamHandler<Request, Response> = async (engine, request, call) => {
  if (request.explainOptions !== null) throw unimplemented('The embedded Firestore does not explain queries.');
  const { database: name, query } = parseQuery(request.parent, request.structuredQuery);
  checkIndexes(engine, query);
  const database = engine.store.database(name);
  let skippedResults = 0;
  const { result, readTime, begun } = await withView(engine, name, request, call, (view) =>
    view.query((time) => {
      const { documents, skipped } = run(database, query, time);
      skippedResults = skipped;
      return documents;
    }),
  );
  engine.counters.read(Math.max(1, result.length + skippedResults));
  const time = microsToWire(readTime);
  // The first response carries no document, so that it is there when nothing was found.
  const head: Response = { readTime: time, skippedResults, ...(begun === undefined ? {} : { transaction: begun }) };
  const documents = result.map((document): Response => {
    const fields = query.projection === undefined ? document.fields : selected(document.fields, query.projection);
    return { document: documentToWire(document, fields), readTime: time };
  });
  return [head, ...documents];
};

/** Selecting `__name__` selects no field. */
function selected(fields: MapValue, projection: readonly FieldPath[]): MapValue {
  return project(
    fields,
    projection.filter((path) => !isDocumentId(path)),
  );
}
