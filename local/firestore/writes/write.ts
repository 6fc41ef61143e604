/** One write of a commit, parsed and checked as far as it can be without the stored document. */
import type { WireWrite } from '../protocol/messages.ts';
import { invalidArgument } from '../protocol/status.ts';
import { parseDocument } from '../paths/resource-path.ts';
import { parseWritablePath } from '../values/field-path.ts';
import type { FieldPath } from '../values/field-path.ts';
import type { MapValue, Reference } from '../values/value.ts';
import { fieldsFromWire } from '../values/wire-value.ts';
import { parseTransform } from './field-transform.ts';
import type { FieldTransform } from './field-transform.ts';
import { parsePrecondition } from './precondition.ts';
import type { Precondition } from './precondition.ts';

export interface Write {
  readonly key: Reference;
  readonly precondition: Precondition;
  readonly change:
    | { readonly kind: 'delete' }
    | { readonly kind: 'replace'; readonly fields: MapValue }
    /** Fields at the paths are set, or deleted where absent from `fields`. */
    | { readonly kind: 'merge'; readonly fields: MapValue; readonly paths: readonly FieldPath[] };
  readonly transforms: readonly FieldTransform[];
}

const MAX_TRANSFORMS_PER_DOCUMENT = 500;

/** @throws INVALID_ARGUMENT */
export function parseWrites(wires: readonly WireWrite[], database: string): Write[] {
  const writes = wires.map(parseWrite);
  const transforms = new Map<string, number>();
  for (const { key, transforms: own } of writes) {
    if (key.database !== database) throw invalidArgument(`Document "${key.name}" is not in ${database}, where the request writes.`);
    const count = (transforms.get(key.path) ?? 0) + own.length;
    if (count > MAX_TRANSFORMS_PER_DOCUMENT) {
      throw invalidArgument(`Document "${key.name}" gets ${count} field transforms; at most ${MAX_TRANSFORMS_PER_DOCUMENT} are allowed.`);
    }
    transforms.set(key.path, count);
  }
  return writes;
}

function parseWrite(wire: WireWrite): Write {
  const precondition = parsePrecondition(wire.currentDocument);
  if (wire.operation === 'delete') {
    return { key: parseDocument(wire.delete), precondition, change: { kind: 'delete' }, transforms: [] };
  }
  if (wire.operation === 'transform' && wire.transform !== null) {
    const { document, fieldTransforms } = wire.transform;
    const change = { kind: 'merge', fields: {}, paths: [] } as const;
    return { key: parseDocument(document), precondition, change, transforms: fieldTransforms.map(parseTransform) };
  }
  if (wire.update === null) throw invalidArgument('A write must update, delete or transform a document.');
  const fields = fieldsFromWire(wire.update.fields);
  return {
    key: parseDocument(wire.update.name),
    precondition,
    change:
      wire.updateMask === null
        ? { kind: 'replace', fields }
        : { kind: 'merge', fields, paths: wire.updateMask.fieldPaths.map(parseWritablePath) },
    transforms: wire.updateTransforms.map(parseTransform),
  };
}
