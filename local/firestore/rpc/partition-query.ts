import type { WireConsistency, WireCursor, WireLong, WireStructuredQuery } from '../protocol/messages.ts';
import { invalidArgument } from '../protocol/status.ts';
import { parseQuery } from '../queries/parse-query.ts';
import { positionOf, runQuery } from '../queries/run-query.ts';
import { withView } from '../transactions/with-view.ts';
import { bigintFromWire, valueToWire } from '../values/wire-value.ts';
import type { UnaryHandler } from './handler.ts';

interface Request extends WireConsistency {
  readonly parent: string;
  readonly structuredQuery: WireStructuredQuery | null;
  readonly partitionCount: WireLong | number;
}

interface Response {
  readonly partitions: readonly WireCursor[];
  readonly nextPageToken: string;
}

/** Cuts the results of a query into parts of about the same size; `partitionCount` is the number of cuts. */
export const partitionQuery: UnaryHandler<Request, Response> = async (engine, request, call) => {
  const cuts = Number(bigintFromWire(request.partitionCount));
  if (cuts < 1) throw invalidArgument(`partitionCount is ${cuts}; it must be at least 1.`);
  const { database: name, query } = parseQuery(request.parent, request.structuredQuery);
  const database = engine.store.database(name);
  const { result } = await withView(engine, name, request, call, (view) => view.query((time) => runQuery(database, query, time).documents));
  engine.counters.read(1);
  const partitions: WireCursor[] = [];
  let previous = 0;
  for (let cut = 1; cut <= cuts; cut += 1) {
    const index = Math.floor((cut * result.length) / (cuts + 1));
    const document = result[index];
    if (document === undefined || index === previous) continue;
    previous = index;
    partitions.push({ values: (positionOf(document, query.orders) ?? []).map(valueToWire), before: true });
  }
  return { partitions, nextPageToken: '' };
};
