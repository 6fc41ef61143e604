/**
 * The disjunctive normal form: a query matches when all filters of at least one group match. Production runs one scan per group,
 * and limits their number.
 */
import { invalidArgument } from '../protocol/status.ts';
import type { FieldFilter, Filter } from './query.ts';

const MAX_DISJUNCTIONS = 30;

type Group = readonly FieldFilter[];

/** @throws INVALID_ARGUMENT beyond 30 groups; the list operators count one for each value */
export function disjunctions(filter: Filter | undefined): readonly Group[] {
  return filter === undefined ? [[]] : expand(filter);
}

function expand(filter: Filter): readonly Group[] {
  switch (filter.kind) {
    case 'or':
      return limited(filter.filters.flatMap(expand));
    case 'and':
      return filter.filters.reduce<readonly Group[]>((groups, next) => product(groups, expand(next)), [[]]);
    case 'in':
      return limited(filter.operands.map((operand) => [{ kind: 'equal', path: filter.path, operand }]));
    case 'array-contains-any':
      return limited(filter.operands.map((operand) => [{ kind: 'array-contains', path: filter.path, operand }]));
    case 'compare':
    case 'equal':
    case 'not-equal':
    case 'not-in':
    case 'array-contains':
      return [[filter]];
  }
}

function product(left: readonly Group[], right: readonly Group[]): readonly Group[] {
  return limited(left.flatMap((a) => right.map((b) => [...a, ...b])));
}

function limited(groups: readonly Group[]): readonly Group[] {
  if (groups.length > MAX_DISJUNCTIONS) {
    throw invalidArgument(`The query needs ${groups.length} disjunctions (or, in, array-contains-any); at most ${MAX_DISJUNCTIONS} are allowed.`);
  }
  return groups;
}
