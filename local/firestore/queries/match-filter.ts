/** Whether a document matches a filter. */
import { compareValues, equalValues, typeRank } from '../values/compare.ts';
import { fieldAt, isDocumentId } from '../values/field-path.ts';
import type { FieldPath } from '../values/field-path.ts';
import { isArray } from '../values/value.ts';
import type { Value } from '../values/value.ts';
import type { Document } from '../store/version.ts';
import type { ComparisonOperator, FieldFilter, Filter } from './query.ts';

export function valueAt(document: Document, path: FieldPath): Value | undefined {
  return isDocumentId(path) ? document.key : fieldAt(document.fields, path);
}

export function matches(filter: Filter | undefined, document: Document): boolean {
  if (filter === undefined) return true;
  if (filter.kind === 'and') return filter.filters.every((part) => matches(part, document));
  if (filter.kind === 'or') return filter.filters.some((part) => matches(part, document));
  const value = valueAt(document, filter.path);
  return value !== undefined && matchesValue(filter, value);
}

/** Absent fields match nothing; null matches neither `!=` nor `not-in`; range filters only match values of the operand's type. */
function matchesValue(filter: FieldFilter, value: Value): boolean {
  switch (filter.kind) {
    case 'equal':
      return equalValues(value, filter.operand);
    case 'not-equal':
      return value !== null && !equalValues(value, filter.operand);
    case 'compare':
      return typeRank(value) === typeRank(filter.operand) && holds(filter.operator, compareValues(value, filter.operand));
    case 'in':
      return includes(filter.operands, value);
    case 'not-in':
      return value !== null && !filter.operands.includes(null) && !includes(filter.operands, value);
    case 'array-contains':
      return isArray(value) && includes(value, filter.operand);
    case 'array-contains-any':
      return isArray(value) && filter.operands.some((operand) => includes(value, operand));
  }
}

function includes(values: readonly Value[], sought: Value): boolean {
  return values.some((value) => equalValues(value, sought));
}

function holds(operator: ComparisonOperator, order: number): boolean {
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}
