/**
 * Firestore's rules for queries: a filter matches values of its own kind only, a document without a field that is
 * filtered or ordered by is not returned, fields compared by inequality order the result after the explicit order,
 * and the id breaks every tie in the direction of the last order.
 */
import type { Query } from '../../ports/store.ts';
import { filterValues, type Scalar } from '../store-document/query-check.ts';
import { fieldReader } from './document-field.ts';
import type { FieldReader } from './document-field.ts';
import type { StoredDocument } from './stored-document.ts';
import { compareScalars, compareText } from './value-order.ts';

type Entry = readonly [id: string, document: StoredDocument];
type Test = (document: StoredDocument) => boolean;
type Order = { readonly field: string; readonly valueOf: FieldReader; readonly sign: 1 | -1 };

const HOLDS = {
  '<': (comparison: number): boolean => comparison < 0,
  '<=': (comparison: number): boolean => comparison <= 0,
  '>': (comparison: number): boolean => comparison > 0,
  '>=': (comparison: number): boolean => comparison >= 0,
};

/** The entries that `query` selects, in its order, not yet cut to its limit. */
export function runQuery(query: Query<unknown>, documents: ReadonlyMap<string, StoredDocument>): readonly Entry[] {
  const tests = query.where.map(testFor);
  const orders = ordersOf(query);
  const found: Entry[] = [];
  // Over whole collections, so it allocates only for what is found.
  documents.forEach((document, id) => {
    for (const test of tests) if (!test(document)) return;
    for (const { valueOf } of orders) if (valueOf(document) === undefined) return;
    found.push([id, document]);
  });
  const lastSign = orders.at(-1)?.sign ?? 1;
  return found.toSorted((a, b) => compareByOrders(a[1], b[1], orders) || lastSign * compareText(a[0], b[0]));
}

function testFor(filter: Query<unknown>['where'][number]): Test {
  const values = filterValues(filter);
  const { field, op } = filter;
  const valueOf = fieldReader(field);
  if (op === '==' || op === 'in') {
    return (document) => {
      const value = valueOf(document);
      return values.some((wanted) => wanted === value);
    };
  }
  const [bound = null] = values;
  return (document) => {
    const value = valueOf(document);
    return isScalar(value) && typeof value === typeof bound && HOLDS[op](compareScalars(value, bound));
  };
}

function ordersOf(query: Query<unknown>): readonly Order[] {
  const explicit = (query.orderBy ?? []).map(({ field, direction }) => orderBy(field, direction === 'asc' ? 1 : -1));
  const ordered = new Set(explicit.map(({ field }) => field));
  const compared = new Set(query.where.filter(({ op }) => op !== '==' && op !== 'in').map(({ field }) => field));
  const sign = explicit.at(-1)?.sign ?? 1;
  const implicit = [...compared].filter((field) => !ordered.has(field)).toSorted(compareText);
  return [...explicit, ...implicit.map((field) => orderBy(field, sign))];
}

const orderBy = (field: string, sign: 1 | -1): Order => ({ field, valueOf: fieldReader(field), sign });

function compareByOrders(a: StoredDocument, b: StoredDocument, orders: readonly Order[]): number {
  for (const order of orders) {
    const comparison = compareScalars(orderedValue(a, order), orderedValue(b, order));
    if (comparison !== 0) return order.sign * comparison;
  }
  return 0;
}

function orderedValue(document: StoredDocument, { field, valueOf }: Order): Scalar {
  const value = valueOf(document);
  if (isScalar(value)) return value;
  throw new Error(`cannot order by ${field}: a document holds a map or a list there; order by text, numbers, times or booleans`);
}

function isScalar(value: unknown): value is Scalar {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
