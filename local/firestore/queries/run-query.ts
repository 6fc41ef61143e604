/**
 * Runs a query. Collections are scanned: filters cost some hundred nanoseconds a document, which is right for a laptop. What is
 * kept is bounded by offset + limit, and a query in the order of names stops as soon as it has enough.
 */
import { compareValues } from '../values/compare.ts';
import { isDocumentId } from '../values/field-path.ts';
import type { Value } from '../values/value.ts';
import type { Database } from '../store/database.ts';
import type { Document } from '../store/version.ts';
import { FirstInOrder } from './first-in-order.ts';
import { matches, valueAt } from './match-filter.ts';
import type { Cursor, Order, Query } from './query.ts';

export interface QueryResult {
  readonly documents: readonly Document[];
  /** Documents passed over because of the offset. */
  readonly skipped: number;
}

/** @param time microseconds, or undefined for now */
export function runQuery(database: Database, query: Query, time: number | undefined): QueryResult {
  const wanted = query.limit === undefined ? Number.POSITIVE_INFINITY : query.offset + query.limit;
  const found = inNameOrder(query) ? firstByName(database, query, time, wanted) : firstByOrders(database, query, time, wanted);
  const skipped = Math.min(query.offset, found.length);
  return { documents: skipped === 0 ? found : found.slice(skipped), skipped };
}

/** A scan of one collection already yields this order. */
function inNameOrder({ scope, orders }: Query): boolean {
  const [first, ...others] = orders;
  if (scope.allDescendants || first === undefined || others.length > 0) return false;
  return isDocumentId(first.path) && first.direction === 'ASCENDING';
}

function firstByName(database: Database, query: Query, time: number | undefined, wanted: number): readonly Document[] {
  const found: Document[] = [];
  for (const document of database.scan(query.scope, time)) {
    if (found.length >= wanted) break;
    if (matches(query.filter, document) && isBetween(query, [document.key])) found.push(document);
  }
  return found;
}

interface Candidate {
  readonly document: Document;
  readonly position: readonly Value[];
}

function firstByOrders(database: Database, query: Query, time: number | undefined, wanted: number): readonly Document[] {
  const first = new FirstInOrder<Candidate>((a, b) => comparePositions(a.position, b.position, query.orders), wanted);
  for (const document of database.scan(query.scope, time)) {
    if (!matches(query.filter, document)) continue;
    const position = positionOf(document, query.orders);
    if (position !== undefined && isBetween(query, position)) first.add({ document, position });
  }
  return first.inOrder().map(({ document }) => document);
}

/** The values that a query orders by; undefined when the document lacks one, which keeps it out of the results. */
export function positionOf(document: Document, orders: readonly Order[]): readonly Value[] | undefined {
  const position: Value[] = [];
  for (const { path } of orders) {
    const value = valueAt(document, path);
    if (value === undefined) return undefined;
    position.push(value);
  }
  return position;
}

/** Compares as many values as the shorter position has. */
function comparePositions(a: readonly Value[], b: readonly Value[], orders: readonly Order[]): number {
  for (const [index, { direction }] of orders.entries()) {
    const left = a[index];
    const right = b[index];
    if (left === undefined || right === undefined) return 0;
    const order = compareValues(left, right);
    if (order !== 0) return direction === 'ASCENDING' ? order : -order;
  }
  return 0;
}

function isBetween({ start, end, orders }: Query, position: readonly Value[]): boolean {
  return (start === undefined || !isBefore(position, start, orders)) && (end === undefined || isBefore(position, end, orders));
}

function isBefore(position: readonly Value[], cursor: Cursor, orders: readonly Order[]): boolean {
  const order = comparePositions(position, cursor.values, orders);
  return order < 0 || (order === 0 && !cursor.before);
}
