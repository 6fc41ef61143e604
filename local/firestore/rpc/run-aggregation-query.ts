import { checkIndexes } from '../engine.ts';
import type { WireAggregation, WireConsistency, WireFields, WireStructuredQuery, WireTimestamp } from '../protocol/messages.ts';
import { invalidArgument, unimplemented } from '../protocol/status.ts';
import { aggregate, aggregatedPaths, parseAggregations } from '../queries/aggregate.ts';
import { parseQuery } from '../queries/parse-query.ts';
import { runQuery } from '../queries/run-query.ts';
import { withView } from '../transactions/with-view.ts';
import { fieldsToWire, microsToWire } from '../values/wire-value.ts';
import type { StreamHandler } from './handler.ts';

interface Request extends WireConsistency {
  readonly parent: string;
  readonly structuredAggregationQuery: {
    readonly structuredQuery: WireStructuredQuery | null;
    readonly aggregations: readonly WireAggregation[];
  } | null;
  readonly explainOptions: object | null;
}

interface Response {
  readonly result: { readonly aggregateFields: WireFields };
  readonly readTime: WireTimestamp;
  readonly transaction?: Uint8Array;
}

/** Firestore bills one read for up to this many index entries. */
const ENTRIES_PER_READ = 1000;

export const runAggregationQuery: StreamHandler<Request, Response> = async (engine, request, call) => {
  if (request.explainOptions !== null) throw unimplemented('The embedded Firestore does not explain queries.');
  const wire = request.structuredAggregationQuery;
  if (wire === null) throw invalidArgument('The request has no structured aggregation query.');
  const aggregations = parseAggregations(wire.aggregations);
  const { database: name, query } = parseQuery(request.parent, wire.structuredQuery);
  checkIndexes(engine, query, aggregatedPaths(aggregations));
  const database = engine.store.database(name);
  const { result, readTime, begun } = await withView(engine, name, request, call, (view) =>
    view.query((time) => runQuery(database, query, time).documents),
  );
  engine.counters.read(Math.max(1, Math.ceil(result.length / ENTRIES_PER_READ)));
  const aggregateFields = fieldsToWire(aggregate(aggregations, result));
  return [{ result: { aggregateFields }, readTime: microsToWire(readTime), ...(begun === undefined ? {} : { transaction: begun }) }];
};
