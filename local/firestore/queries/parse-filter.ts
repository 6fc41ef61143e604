/** Filters from the wire, with the documented limits on their combination. */
import type { WireFilter } from '../protocol/messages.ts';
import { enumNames } from '../protocol/protos.ts';
import { invalidArgument } from '../protocol/status.ts';
import { isDocumentId, parseFieldPath } from '../values/field-path.ts';
import type { FieldPath } from '../values/field-path.ts';
import { isArray, Reference } from '../values/value.ts';
import type { Value } from '../values/value.ts';
import { valueFromWire } from '../values/wire-value.ts';
import type { ComparisonOperator, FieldFilter, Filter } from './query.ts';

const MAX_OPERANDS = { in: 30, 'not-in': 10, 'array-contains-any': 30 } as const;

const compositeName = enumNames('StructuredQuery.CompositeFilter.Operator');
const operatorName = enumNames('StructuredQuery.FieldFilter.Operator');
const unaryName = enumNames('StructuredQuery.UnaryFilter.Operator');

const COMPARISONS: ReadonlyMap<string, ComparisonOperator> = new Map([
  ['LESS_THAN', '<'],
  ['LESS_THAN_OR_EQUAL', '<='],
  ['GREATER_THAN', '>'],
  ['GREATER_THAN_OR_EQUAL', '>='],
]);

/** @throws INVALID_ARGUMENT */
export function parseFilter(wire: WireFilter): Filter {
  if (wire.compositeFilter !== null) {
    const { op, filters } = wire.compositeFilter;
    const name = compositeName(op);
    if (name !== 'AND' && name !== 'OR') throw invalidArgument(`A composite filter must be AND or OR, not ${name}.`);
    return { kind: name === 'AND' ? 'and' : 'or', filters: filters.map(parseFilter) };
  }
  if (wire.unaryFilter !== null) return parseUnary(wire.unaryFilter.op, parseFieldPath(wire.unaryFilter.field.fieldPath));
  if (wire.fieldFilter === null) throw invalidArgument('A filter is neither composite nor on a field.');
  const path = parseFieldPath(wire.fieldFilter.field.fieldPath);
  return parseFieldFilter(path, operatorName(wire.fieldFilter.op), valueFromWire(wire.fieldFilter.value));
}

function parseUnary(op: number, path: FieldPath): FieldFilter {
  const name = unaryName(op);
  switch (name) {
    case 'IS_NULL':
      return { kind: 'equal', path, operand: null };
    case 'IS_NAN':
      return { kind: 'equal', path, operand: Number.NaN };
    case 'IS_NOT_NULL':
      return { kind: 'not-equal', path, operand: null };
    case 'IS_NOT_NAN':
      return { kind: 'not-equal', path, operand: Number.NaN };
    default:
      throw invalidArgument(`Unknown unary filter ${name}.`);
  }
}

function parseFieldFilter(path: FieldPath, name: string, operand: Value): FieldFilter {
  const operator = COMPARISONS.get(name);
  switch (name) {
    case 'EQUAL':
      return checked({ kind: 'equal', path, operand }, [operand]);
    case 'NOT_EQUAL':
      return checked({ kind: 'not-equal', path, operand }, [operand]);
    case 'ARRAY_CONTAINS':
      return checked({ kind: 'array-contains', path, operand }, []);
    case 'IN':
      return parseListFilter('in', path, operand);
    case 'NOT_IN':
      return parseListFilter('not-in', path, operand);
    case 'ARRAY_CONTAINS_ANY':
      return parseListFilter('array-contains-any', path, operand);
    default:
      if (operator === undefined) throw invalidArgument(`Unknown filter operator ${name}.`);
      return checked({ kind: 'compare', path, operator, operand }, [operand]);
  }
}

function parseListFilter(kind: 'in' | 'not-in' | 'array-contains-any', path: FieldPath, operand: Value): FieldFilter {
  if (!isArray(operand) || operand.length === 0) throw invalidArgument(`'${kind}' needs a list of at least one value.`);
  if (operand.length > MAX_OPERANDS[kind]) {
    throw invalidArgument(`'${kind}' has ${operand.length} values; at most ${MAX_OPERANDS[kind]} are allowed.`);
  }
  return checked({ kind, path, operands: operand }, operand);
}

/** A document's name can only be compared with names. */
function checked(filter: FieldFilter, operands: readonly Value[]): FieldFilter {
  if (!isDocumentId(filter.path)) return filter;
  if (filter.kind.startsWith('array-contains') || !operands.every((operand) => operand instanceof Reference)) {
    throw invalidArgument('__name__ can only be compared with document references.');
  }
  return filter;
}
