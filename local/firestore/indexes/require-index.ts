/**
 * Refuses the queries that production refuses for want of an index, with the entry to add to firestore.indexes.json.
 *
 * 1. Equalities alone, with or without array-contains, merge single-field indexes.
 * 2. One field in order or in a range, and nothing else, uses that field's single-field index.
 * 3. Everything else needs a composite index: the equalities in any order, then the orders exactly as in the query. Several
 *    composite indexes with the same orders merge when together they hold all equalities.
 * 4. Each disjunction needs its own indexes. Group queries need indexes of group scope, which no field has by itself.
 */
import { failedPrecondition } from '../protocol/status.ts';
import { disjunctions } from '../queries/disjunctions.ts';
import type { Direction, FieldFilter, Query } from '../queries/query.ts';
import { formatFieldPath, isDocumentId } from '../values/field-path.ts';
import type { FieldPath } from '../values/field-path.ts';
import type { CompositeIndex, IndexConfig, IndexField, IndexMode, IndexScope } from './index-config.ts';

/** An order of the query; an aggregated field may be indexed in either direction. */
interface Sorted {
  readonly path: FieldPath;
  readonly direction: Direction | 'ANY';
}

interface Need {
  readonly collectionId: string;
  readonly scope: IndexScope;
  readonly equal: readonly IndexField[];
  readonly sorted: readonly Sorted[];
  readonly nameDirection: Direction;
}

const EITHER: readonly IndexMode[] = ['ASCENDING', 'DESCENDING'];

/** @param aggregated the fields of sum and average @throws FAILED_PRECONDITION */
export function requireIndex(config: IndexConfig, query: Query, aggregated: readonly FieldPath[] = []): void {
  const { collectionId, allDescendants } = query.scope;
  if (collectionId === undefined) return;
  const scope = allDescendants ? 'COLLECTION_GROUP' : 'COLLECTION';
  for (const group of disjunctions(query.filter)) {
    const need = needOf(query, group, aggregated, collectionId, scope);
    if (!isServed(config, need)) throw failedPrecondition(explain(need));
  }
}

function needOf(query: Query, group: readonly FieldFilter[], aggregated: readonly FieldPath[], collectionId: string, scope: IndexScope): Need {
  const equal = new Map<string, IndexField>();
  for (const { kind, path } of group) {
    if (isDocumentId(path)) continue;
    if (kind === 'equal') equal.set(formatFieldPath(path), { path, mode: 'ASCENDING' });
    if (kind === 'array-contains') equal.set(formatFieldPath(path), { path, mode: 'CONTAINS' });
  }
  const nameAt = query.orders.findIndex(({ path }) => isDocumentId(path));
  const nameDirection = query.orders[nameAt]?.direction ?? 'ASCENDING';
  const sorted = new Map<string, Sorted>();
  for (const order of query.orders.slice(0, nameAt)) sorted.set(formatFieldPath(order.path), order);
  for (const path of aggregated) {
    const name = formatFieldPath(path);
    if (!isDocumentId(path) && !sorted.has(name)) sorted.set(name, { path, direction: 'ANY' });
  }
  for (const [name, { mode }] of equal) if (mode !== 'CONTAINS') sorted.delete(name);
  return { collectionId, scope, equal: [...equal.values()], sorted: [...sorted.values()], nameDirection };
}

function isServed(config: IndexConfig, need: Need): boolean {
  const { collectionId, scope, equal, sorted } = need;
  const [only, ...others] = sorted;
  const single = (path: FieldPath, modes: readonly IndexMode[]): boolean => config.hasSingleField(collectionId, scope, path, modes);
  if (only !== undefined && others.length === 0 && equal.length === 0 && sortsNames(need, only)) {
    if (single(only.path, only.direction === 'ANY' ? EITHER : [only.direction])) return true;
  }
  const missing = equal.filter(({ path, mode }) => only !== undefined || !single(path, mode === 'CONTAINS' ? ['CONTAINS'] : EITHER));
  if (missing.length === 0 && only === undefined) return true;
  const usable = config.composites.filter((index) => canServe(index, need));
  return usable.length > 0 && missing.every((field) => usable.some((index) => leading(index, need).some((held) => isSame(held, field))));
}

/** Whether an index ends with the orders of the query and starts with nothing but its equalities. */
function canServe(index: CompositeIndex, need: Need): boolean {
  if (index.collectionId !== need.collectionId || index.scope !== need.scope) return false;
  const fields = withoutName(index);
  const tail = fields.slice(fields.length - need.sorted.length);
  if (fields.length < need.sorted.length || !namesFit(index, need)) return false;
  const ordersFit = need.sorted.every((order, position) => {
    const field = tail[position];
    if (field === undefined || formatFieldPath(field.path) !== formatFieldPath(order.path)) return false;
    return order.direction === 'ANY' ? field.mode !== 'CONTAINS' : field.mode === order.direction;
  });
  return ordersFit && leading(index, need).every((field) => need.equal.some((wanted) => isSame(field, wanted)));
}

function leading(index: CompositeIndex, need: Need): readonly IndexField[] {
  const fields = withoutName(index);
  return fields.slice(0, fields.length - need.sorted.length);
}

function withoutName({ fields }: CompositeIndex): readonly IndexField[] {
  return fields.filter(({ path }) => !isDocumentId(path));
}

/** The direction of an equality does not matter, but an array index is of another kind. */
function isSame(a: IndexField, b: IndexField): boolean {
  return formatFieldPath(a.path) === formatFieldPath(b.path) && (a.mode === 'CONTAINS') === (b.mode === 'CONTAINS');
}

/** Names come last in every index, in the direction of the field before them unless the index says otherwise. */
function namesFit(index: CompositeIndex, need: Need): boolean {
  if (need.sorted.length === 0 || need.sorted.at(-1)?.direction === 'ANY') return true;
  const explicit = index.fields.find(({ path }) => isDocumentId(path));
  return (explicit ?? index.fields.at(-1))?.mode === need.nameDirection;
}

function sortsNames(need: Need, { direction }: Sorted): boolean {
  return direction === 'ANY' || direction === need.nameDirection;
}

function explain(need: Need): string {
  const { collectionId, scope, equal, sorted, nameDirection } = need;
  const fields = [...equal, ...sorted.map(({ path, direction }) => ({ path, mode: direction === 'ANY' ? 'ASCENDING' : direction }) as const)];
  const [first] = fields;
  const last = sorted.at(-1);
  if (first !== undefined && fields.length === 1 && (last === undefined || sortsNames(need, last))) {
    const override = { collectionGroup: collectionId, fieldPath: formatFieldPath(first.path), indexes: [{ ...modeJson(first.mode), queryScope: scope }] };
    return `The query requires a single-field index. Give "fieldOverrides" in firestore.indexes.json this index: ${JSON.stringify(override)}`;
  }
  const json = fields.map(({ path, mode }) => ({ fieldPath: formatFieldPath(path), ...modeJson(mode) }));
  if (last !== undefined && !sortsNames(need, last)) json.push({ fieldPath: '__name__', ...modeJson(nameDirection) });
  const index = { collectionGroup: collectionId, queryScope: scope, fields: json };
  return `The query requires an index. Add this to "indexes" in firestore.indexes.json: ${JSON.stringify(index)}`;
}

function modeJson(mode: IndexMode): { readonly arrayConfig: 'CONTAINS' } | { readonly order: Direction } {
  return mode === 'CONTAINS' ? { arrayConfig: mode } : { order: mode };
}
