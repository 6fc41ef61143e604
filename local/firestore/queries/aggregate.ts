/** Count, sum and average over the documents that a query finds. */
import type { WireAggregation } from '../protocol/messages.ts';
import { invalidArgument } from '../protocol/status.ts';
import { parseFieldPath } from '../values/field-path.ts';
import type { FieldPath } from '../values/field-path.ts';
import { isNumber } from '../values/value.ts';
import type { Value } from '../values/value.ts';
import { bigintFromWire } from '../values/wire-value.ts';
import type { Document } from '../store/version.ts';
import { valueAt } from './match-filter.ts';

export type Aggregation = { readonly alias: string } & (
  | { readonly kind: 'count'; readonly upTo: bigint | undefined }
  | { readonly kind: 'sum' | 'average'; readonly path: FieldPath }
);

const MAX_AGGREGATIONS = 5;
const MAX_INT64 = 2n ** 63n - 1n;

/** @throws INVALID_ARGUMENT */
export function parseAggregations(wires: readonly WireAggregation[]): readonly Aggregation[] {
  if (wires.length === 0 || wires.length > MAX_AGGREGATIONS) {
    throw invalidArgument(`A query has ${wires.length} aggregations; 1 to ${MAX_AGGREGATIONS} are allowed.`);
  }
  return wires.map((wire, index): Aggregation => {
    const alias = wire.alias === '' ? `field_${index + 1}` : wire.alias;
    switch (wire.operator) {
      case 'count': {
        const upTo = wire.count?.upTo ?? null;
        return { alias, kind: 'count', upTo: upTo === null ? undefined : bigintFromWire(upTo.value) };
      }
      case 'sum':
        return { alias, kind: 'sum', path: parseFieldPath(wire.sum?.field.fieldPath ?? '') };
      case 'avg':
        return { alias, kind: 'average', path: parseFieldPath(wire.avg?.field.fieldPath ?? '') };
      case undefined:
        throw invalidArgument(`Aggregation "${alias}" must be count, sum or average.`);
    }
  });
}

export function aggregatedPaths(aggregations: readonly Aggregation[]): readonly FieldPath[] {
  return aggregations.flatMap((aggregation) => (aggregation.kind === 'count' ? [] : [aggregation.path]));
}

/** Documents that lack any of the aggregated fields do not count, because the index that production scans does not hold them. */
export function aggregate(aggregations: readonly Aggregation[], found: readonly Document[]): Record<string, Value> {
  const paths = aggregatedPaths(aggregations);
  const documents = found.filter((document) => paths.every((path) => valueAt(document, path) !== undefined));
  const results: Record<string, Value> = {};
  for (const aggregation of aggregations) results[aggregation.alias] = resultOf(aggregation, documents);
  return results;
}

function resultOf(aggregation: Aggregation, documents: readonly Document[]): Value {
  if (aggregation.kind === 'count') {
    const count = BigInt(documents.length);
    return aggregation.upTo !== undefined && aggregation.upTo < count ? aggregation.upTo : count;
  }
  const numbers = documents.map((document) => valueAt(document, aggregation.path) ?? null).filter(isNumber);
  if (aggregation.kind === 'sum') return sum(numbers);
  return numbers.length === 0 ? null : Number(sum(numbers)) / numbers.length;
}

/** An integer as long as all numbers are and the result fits 64 bits, otherwise a double. */
function sum(numbers: readonly (number | bigint)[]): number | bigint {
  let integers = 0n;
  let doubles = 0;
  let exact = true;
  for (const number of numbers) {
    if (typeof number === 'bigint') integers += number;
    else {
      doubles += number;
      exact = false;
    }
  }
  return exact && integers <= MAX_INT64 && integers >= -MAX_INT64 - 1n ? integers : Number(integers) + doubles;
}
