/** Server-side changes of one field (google.firestore.v1.DocumentTransform.FieldTransform). */
import { enumNames } from '../protocol/protos.ts';
import type { WireFieldTransform } from '../protocol/messages.ts';
import { invalidArgument } from '../protocol/status.ts';
import { equalValues } from '../values/compare.ts';
import { parseWritablePath } from '../values/field-path.ts';
import type { FieldPath } from '../values/field-path.ts';
import { isArray, isNumber, Timestamp } from '../values/value.ts';
import type { Value } from '../values/value.ts';
import { valueFromWire } from '../values/wire-value.ts';

export type FieldTransform = { readonly path: FieldPath } & (
  | { readonly kind: 'server-time' }
  | { readonly kind: 'increment' | 'maximum' | 'minimum'; readonly operand: number | bigint }
  | { readonly kind: 'append-missing' | 'remove-all'; readonly elements: readonly Value[] }
);

const MAX_INT64 = 2n ** 63n - 1n;
const MIN_INT64 = -(2n ** 63n);
const serverValueName = enumNames('DocumentTransform.FieldTransform.ServerValue');

/** @throws INVALID_ARGUMENT for an operand that is no number where one is needed, and for an unknown kind */
export function parseTransform(wire: WireFieldTransform): FieldTransform {
  const path = parseWritablePath(wire.fieldPath);
  switch (wire.transformType) {
    case 'setToServerValue':
      if (serverValueName(wire.setToServerValue) !== 'REQUEST_TIME') throw invalidArgument('Only the server value REQUEST_TIME exists.');
      return { path, kind: 'server-time' };
    case 'increment':
    case 'maximum':
    case 'minimum': {
      const operand = valueFromWire(wire[wire.transformType] ?? {});
      if (!isNumber(operand)) throw invalidArgument(`The operand of ${wire.transformType} on "${wire.fieldPath}" must be a number.`);
      return { path, kind: wire.transformType, operand };
    }
    case 'appendMissingElements':
      return { path, kind: 'append-missing', elements: (wire.appendMissingElements?.values ?? []).map(valueFromWire) };
    case 'removeAllFromArray':
      return { path, kind: 'remove-all', elements: (wire.removeAllFromArray?.values ?? []).map(valueFromWire) };
    case undefined:
      throw invalidArgument(`The transform of "${wire.fieldPath}" names no operation.`);
  }
}

/**
 * @param commitTime microseconds; the server time has millisecond precision
 * @returns the field's new value, and what the client is told (null for array operations)
 */
export function applyTransform(transform: FieldTransform, before: Value | undefined, commitTime: number): { value: Value; result: Value } {
  switch (transform.kind) {
    case 'server-time': {
      const value = Timestamp.fromMicros(commitTime - (commitTime % 1000));
      return { value, result: value };
    }
    case 'increment':
    case 'maximum':
    case 'minimum': {
      const { kind, operand } = transform;
      const value = before !== undefined && isNumber(before) ? combine(kind, before, operand) : operand;
      return { value, result: value };
    }
    case 'append-missing':
      return { value: appendMissing(elementsOf(before), transform.elements), result: null };
    case 'remove-all': {
      const { elements } = transform;
      return { value: elementsOf(before).filter((element) => !includes(elements, element)), result: null };
    }
  }
}

type Numeric = number | bigint;

function combine(kind: 'increment' | 'maximum' | 'minimum', stored: Numeric, operand: Numeric): Numeric {
  if (kind === 'increment') return add(stored, operand);
  if (Number.isNaN(stored) || Number.isNaN(operand)) return Number.NaN;
  const replaces = kind === 'maximum' ? operand > stored : operand < stored;
  return replaces ? operand : stored;
}

/** Integers stay integers and stop at the ends of the 64-bit range; with a double the sum is a double. */
function add(a: Numeric, b: Numeric): Numeric {
  if (typeof a !== 'bigint' || typeof b !== 'bigint') return Number(a) + Number(b);
  const sum = a + b;
  if (sum > MAX_INT64) return MAX_INT64;
  return sum < MIN_INT64 ? MIN_INT64 : sum;
}

function elementsOf(before: Value | undefined): readonly Value[] {
  return before !== undefined && isArray(before) ? before : [];
}

function includes(elements: readonly Value[], sought: Value): boolean {
  return elements.some((element) => equalValues(element, sought));
}

function appendMissing(before: readonly Value[], elements: readonly Value[]): readonly Value[] {
  const after = [...before];
  for (const element of elements) if (!includes(after, element)) after.push(element);
  return after;
}
