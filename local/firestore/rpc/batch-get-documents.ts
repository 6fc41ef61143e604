import { parseDatabase, parseDocument } from '../paths/resource-path.ts';
import type { WireConsistency, WireDocument, WireMask, WireTimestamp } from '../protocol/messages.ts';
import { invalidArgument } from '../protocol/status.ts';
import { withView } from '../transactions/with-view.ts';
import { parseFieldPath, project } from '../values/field-path.ts';
import { documentToWire, microsToWire } from '../values/wire-value.ts';
import type { StreamHandler } from './handler.ts';

interface Request extends WireConsistency {
  readonly database: string;
  readonly documents: readonly string[];
  readonly mask: WireMask | null;
}

interface Response {
  readonly found?: WireDocument;
  readonly missing?: string;
  readonly readTime?: WireTimestamp;
  readonly transaction?: Uint8Array;
}

export const batchGetDocuments: StreamHandler<Request, Response> = async (engine, request, call) => {
  const database = parseDatabase(request.database);
  const keys = [...new Set(request.documents)].map(parseDocument);
  for (const key of keys) {
    if (key.database !== database) throw invalidArgument(`Document "${key.name}" is not in ${database}, where the request reads.`);
  }
  const paths = keys.map((key) => key.path);
  const mask = request.mask?.fieldPaths.map(parseFieldPath);
  const { result, readTime, begun } = await withView(engine, database, request, call, (view) => view.documents(paths));
  engine.counters.read(paths.length);
  const responses = result.map((document, index): Response => {
    if (document === undefined) return { missing: keys[index]?.name ?? '', readTime: microsToWire(readTime) };
    const fields = mask === undefined ? document.fields : project(document.fields, mask);
    return { found: documentToWire(document, fields), readTime: microsToWire(readTime) };
  });
  if (begun === undefined) return responses;
  const [first, ...others] = responses;
  return [{ ...first, transaction: begun }, ...others];
};
