/** Documented limits on what filters and orders may be combined in one query. */
import { invalidArgument } from '../protocol/status.ts';
import { formatFieldPath } from '../values/field-path.ts';
import { disjunctions } from './disjunctions.ts';
import { fieldFilters, isInequality } from './query.ts';
import type { FieldFilter, Filter, Order } from './query.ts';

const MAX_INEQUALITY_FIELDS = 10;
const MAX_FILTERS_AND_ORDERS = 100;

/** @throws INVALID_ARGUMENT */
export function checkCombination(filter: Filter | undefined, orders: readonly Order[]): void {
  const filters = fieldFilters(filter);
  const count = (...kinds: readonly FieldFilter['kind'][]): number => filters.filter(({ kind }) => kinds.includes(kind)).length;
  if (count('not-equal', 'not-in') > 1) throw invalidArgument('A query may have only one of != and not-in, once.');
  if (count('not-in') > 0 && (count('in', 'array-contains-any') > 0 || hasOr(filter))) {
    throw invalidArgument('not-in cannot be combined with in, array-contains-any or or.');
  }
  const unequal = new Set(filters.filter(isInequality).map(({ path }) => formatFieldPath(path)));
  if (unequal.size > MAX_INEQUALITY_FIELDS) {
    throw invalidArgument(`Inequalities on ${unequal.size} fields; at most ${MAX_INEQUALITY_FIELDS} fields are allowed.`);
  }
  if (filters.length + orders.length > MAX_FILTERS_AND_ORDERS) {
    throw invalidArgument(`${filters.length} filters and ${orders.length} orders; together at most ${MAX_FILTERS_AND_ORDERS} are allowed.`);
  }
  for (const group of disjunctions(filter)) {
    if (group.filter(({ kind }) => kind === 'array-contains').length > 1) {
      throw invalidArgument('Only one array-contains or array-contains-any is allowed in each disjunction of a query.');
    }
  }
}

function hasOr(filter: Filter | undefined): boolean {
  if (filter?.kind === 'or') return true;
  return filter?.kind === 'and' && filter.filters.some(hasOr);
}
