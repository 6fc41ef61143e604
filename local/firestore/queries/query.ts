/** A query after parsing: every field path split, every implied order made explicit. */
import type { CollectionScope } from '../store/database.ts';
import type { FieldPath } from '../values/field-path.ts';
import type { Value } from '../values/value.ts';

export type Direction = 'ASCENDING' | 'DESCENDING';

export interface Order {
  readonly path: FieldPath;
  readonly direction: Direction;
}

export type ComparisonOperator = '<' | '<=' | '>' | '>=';

export type FieldFilter =
  | { readonly kind: 'compare'; readonly path: FieldPath; readonly operator: ComparisonOperator; readonly operand: Value }
  | { readonly kind: 'equal' | 'not-equal' | 'array-contains'; readonly path: FieldPath; readonly operand: Value }
  | { readonly kind: 'in' | 'not-in' | 'array-contains-any'; readonly path: FieldPath; readonly operands: readonly Value[] };

export type Filter =
  | FieldFilter
  | { readonly kind: 'and'; readonly filters: readonly Filter[] }
  | { readonly kind: 'or'; readonly filters: readonly Filter[] };

/** A position in the order of the results. */
export interface Cursor {
  /** For the first orders of the query, as many as there are values. */
  readonly values: readonly Value[];
  /** Just before the documents with these values rather than just after them. */
  readonly before: boolean;
}

export interface Query {
  readonly scope: CollectionScope;
  readonly filter: Filter | undefined;
  /** Ends with the document's name, unless the query orders by it earlier. */
  readonly orders: readonly Order[];
  readonly start: Cursor | undefined;
  readonly end: Cursor | undefined;
  readonly offset: number;
  readonly limit: number | undefined;
  readonly projection: readonly FieldPath[] | undefined;
}

export function isInequality(filter: FieldFilter): boolean {
  return filter.kind === 'compare' || filter.kind === 'not-equal' || filter.kind === 'not-in';
}

/** Every field filter of the tree. */
export function fieldFilters(filter: Filter | undefined): readonly FieldFilter[] {
  if (filter === undefined) return [];
  return filter.kind === 'and' || filter.kind === 'or' ? filter.filters.flatMap(fieldFilters) : [filter];
}
