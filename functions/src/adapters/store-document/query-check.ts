/** Refuses a query that only one of the adapters, or only production, would refuse. */
import type { Query } from '../../ports/store.ts';
import { checkedTime, isTimePath } from './time-fields.ts';

const MAX_IN_VALUES = 30;

export type Scalar = string | number | boolean | null;
type Filter = Query<unknown>['where'][number];

/** The values a filter compares with: several for `in`, one otherwise. */
export function filterValues(filter: Filter): readonly Scalar[] {
  const { field, op, value } = filter;
  if (op !== 'in') return [checkedScalar(field, value, op)];
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_IN_VALUES) {
    throw new Error(`filter "${field} in" needs a list of 1 to ${String(MAX_IN_VALUES)} values`);
  }
  return value.map((item: unknown) => checkedScalar(field, item, op));
}

export function checkedLimit(query: Query<unknown>): number {
  if (Number.isInteger(query.limit) && query.limit > 0) return query.limit;
  throw new Error(`query of ${query.collection.name}: limit is ${String(query.limit)}, it must be a whole number above zero`);
}

function checkedScalar(field: string, value: unknown, op: Filter['op']): Scalar {
  if (value === null && op !== '==') throw new Error(`filter "${field} ${op}" cannot compare with null: only == can`);
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value !== 'number') {
    throw new Error(`filter "${field} ${op}" compares with a ${typeof value}: use text, a number, a boolean or null`);
  }
  if (isTimePath(field)) return checkedTime(value, `filter "${field} ${op}"`);
  if (!Number.isFinite(value)) throw new Error(`filter "${field} ${op}" compares with ${String(value)}: use a finite number`);
  return value;
}
