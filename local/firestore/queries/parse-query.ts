/** Structured queries from the wire. */
import type { WireCursor, WireStructuredQuery } from '../protocol/messages.ts';
import { enumNames } from '../protocol/protos.ts';
import { invalidArgument, unimplemented } from '../protocol/status.ts';
import { checkId, parseParent } from '../paths/resource-path.ts';
import { compareUtf8 } from '../values/compare-utf8.ts';
import { DOCUMENT_ID, formatFieldPath, isDocumentId, parseFieldPath } from '../values/field-path.ts';
import { Reference } from '../values/value.ts';
import { valueFromWire } from '../values/wire-value.ts';
import { checkCombination } from './filter-combinations.ts';
import { parseFilter } from './parse-filter.ts';
import { fieldFilters, isInequality } from './query.ts';
import type { Cursor, Direction, Filter, Order, Query } from './query.ts';

const directionName = enumNames('StructuredQuery.Direction');

/** @throws INVALID_ARGUMENT, or UNIMPLEMENTED for vector search */
export function parseQuery(parentName: string, wire: WireStructuredQuery | null): { database: string; query: Query } {
  if (wire === null) throw invalidArgument('The request has no structured query.');
  if (wire.findNearest !== null) throw unimplemented('The embedded Firestore has no vector search (findNearest).');
  const parent = parseParent(parentName);
  const [selector, ...others] = wire.from;
  if (selector === undefined || others.length > 0) throw invalidArgument('A query reads from exactly one collection selector.');
  const { collectionId, allDescendants } = selector;
  if (collectionId === '' && !allDescendants) throw invalidArgument('A query without collection id must select all descendants.');
  if (collectionId !== '') checkId(collectionId);
  if (wire.offset < 0) throw invalidArgument(`The offset is ${wire.offset}; it must not be negative.`);
  if (wire.limit !== null && wire.limit.value < 0) throw invalidArgument(`The limit is ${wire.limit.value}; it must not be negative.`);
  const filter = wire.where === null ? undefined : parseFilter(wire.where);
  const orders = allOrders(wire.orderBy.map(parseOrder), filter);
  checkCombination(filter, orders);
  const query: Query = {
    scope: { parentPath: parent.path, collectionId: collectionId === '' ? undefined : collectionId, allDescendants },
    filter,
    orders,
    start: parseCursor(wire.startAt, orders),
    end: parseCursor(wire.endAt, orders),
    offset: wire.offset,
    limit: wire.limit?.value,
    projection: wire.select?.fields.map((field) => parseFieldPath(field.fieldPath)),
  };
  return { database: parent.database, query };
}

function parseOrder(wire: WireStructuredQuery['orderBy'][number]): Order {
  const direction: Direction = directionName(wire.direction) === 'DESCENDING' ? 'DESCENDING' : 'ASCENDING';
  return { path: parseFieldPath(wire.field.fieldPath), direction };
}

/** The explicit orders, then the fields of inequalities in the order of their names, then the document's name, all in the last direction. */
function allOrders(explicit: readonly Order[], filter: Filter | undefined): readonly Order[] {
  const orders = [...explicit];
  const direction = explicit.at(-1)?.direction ?? 'ASCENDING';
  const named = new Set(orders.map((order) => formatFieldPath(order.path)));
  const inequalities = fieldFilters(filter)
    .filter((candidate) => isInequality(candidate) && !isDocumentId(candidate.path))
    .toSorted((a, b) => compareUtf8(formatFieldPath(a.path), formatFieldPath(b.path)));
  for (const { path } of inequalities) {
    const name = formatFieldPath(path);
    if (!named.has(name)) orders.push({ path, direction });
    named.add(name);
  }
  if (!named.has('__name__')) orders.push({ path: DOCUMENT_ID, direction });
  return orders;
}

function parseCursor(wire: WireCursor | null, orders: readonly Order[]): Cursor | undefined {
  if (wire === null) return undefined;
  if (wire.values.length > orders.length) {
    throw invalidArgument(`A cursor has ${wire.values.length} values, but the query has only ${orders.length} orders.`);
  }
  const values = wire.values.map(valueFromWire);
  for (const [index, value] of values.entries()) {
    const order = orders[index];
    if (order !== undefined && isDocumentId(order.path) && !(value instanceof Reference)) {
      throw invalidArgument('A cursor on __name__ must be a document reference.');
    }
  }
  return { values, before: wire.before };
}
