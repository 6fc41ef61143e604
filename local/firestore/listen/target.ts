/** What a listener watches: a query, or a list of documents. */
import { checkIndexes } from '../engine.ts';
import type { Engine } from '../engine.ts';
import { parentPath, parseDocument } from '../paths/resource-path.ts';
import type { WireTarget } from '../protocol/messages.ts';
import { invalidArgument } from '../protocol/status.ts';
import { matches } from '../queries/match-filter.ts';
import { parseQuery } from '../queries/parse-query.ts';
import { runQuery } from '../queries/run-query.ts';
import { isInScope } from '../store/database.ts';
import type { DocumentChange } from '../store/document-store.ts';
import type { Document } from '../store/version.ts';

export interface Target {
  readonly database: string;
  /** Names of documents that the client must be told about even when they do not exist. */
  readonly names: readonly string[];
  /** Whether a change may alter what `find` finds. */
  concerns(change: DocumentChange): boolean;
  find(): readonly Document[];
}

/** @throws INVALID_ARGUMENT, or FAILED_PRECONDITION for want of an index */
export function parseTarget(engine: Engine, database: string, wire: WireTarget): Target {
  if (wire.documents !== null) return documentsTarget(engine, database, wire.documents.documents);
  if (wire.query === null) throw invalidArgument('A target must be a query or a list of documents.');
  const { database: name, query } = parseQuery(wire.query.parent, wire.query.structuredQuery);
  checkIndexes(engine, query);
  const concerned = (document: Document | undefined): boolean =>
    document !== undefined && isInScope(query.scope, parentPath(document.key.path)) && matches(query.filter, document);
  return {
    database: name,
    names: [],
    concerns: ({ before, after }) => concerned(before) || concerned(after),
    find: () => runQuery(engine.store.database(name), query, undefined).documents,
  };
}

function documentsTarget(engine: Engine, database: string, names: readonly string[]): Target {
  const keys = names.map(parseDocument);
  if (keys.some((key) => key.database !== database)) throw invalidArgument(`A listener of ${database} watches a document elsewhere.`);
  const paths = new Set(keys.map((key) => key.path));
  const concerned = (document: Document | undefined): boolean => document !== undefined && paths.has(document.key.path);
  return {
    database,
    names,
    concerns: ({ before, after }) => concerned(before) || concerned(after),
    find: () => [...paths].flatMap((path) => engine.store.database(database).get(path) ?? []),
  };
}
