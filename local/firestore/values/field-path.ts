/** Field paths as the protocol writes them: `a.b`, with backticks around parts that are not plain names. */
import { invalidArgument } from '../protocol/status.ts';
import { isMap } from './value.ts';
import type { MapValue, Value } from './value.ts';

export type FieldPath = readonly string[];

const PLAIN = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const RESERVED = /^__.*__$/s;
const PART = /(?:([^.`\\]+)|`((?:[^`\\]|\\.)+)`)(\.|$)/ys;
const MAX_PATH_BYTES = 1500;

/** The path that stands for the document's name. */
export const DOCUMENT_ID: FieldPath = ['__name__'];

export function isDocumentId(path: FieldPath): boolean {
  return path.length === 1 && path[0] === '__name__';
}

/** A path for queries and masks, where `__name__` is allowed. @throws INVALID_ARGUMENT */
export function parseFieldPath(text: string): FieldPath {
  const parts: string[] = [];
  PART.lastIndex = 0;
  let more = true;
  while (more) {
    const match = PART.exec(text);
    if (match === null) throw invalidArgument(`Field path "${text}" must be dot-separated names, quoted with \` where needed.`);
    parts.push(match[1] ?? (match[2] ?? '').replaceAll(/\\(.)/gs, '$1'));
    more = match[3] === '.';
  }
  if (Buffer.byteLength(text) > MAX_PATH_BYTES) {
    throw invalidArgument(`A field path has ${Buffer.byteLength(text)} bytes; at most ${MAX_PATH_BYTES} are allowed.`);
  }
  return parts;
}

/** A path that is written to: reserved names are refused. */
export function parseWritablePath(text: string): FieldPath {
  const path = parseFieldPath(text);
  for (const part of path) checkFieldName(part);
  return path;
}

/** @throws INVALID_ARGUMENT for empty, reserved or too long names */
export function checkFieldName(name: string): void {
  if (name === '') throw invalidArgument('A field name is empty; field names need at least one character.');
  if (RESERVED.test(name)) throw invalidArgument(`Field name "${name}" is reserved: names must not match __.*__.`);
  if (Buffer.byteLength(name) > MAX_PATH_BYTES) {
    throw invalidArgument(`A field name has ${Buffer.byteLength(name)} bytes; at most ${MAX_PATH_BYTES} are allowed.`);
  }
}

export function formatFieldPath(path: FieldPath): string {
  return path.map((part) => (PLAIN.test(part) ? part : `\`${part.replaceAll(/[`\\]/g, '\\$&')}\``)).join('.');
}

export function fieldAt(fields: MapValue, path: FieldPath): Value | undefined {
  let value: Value = fields;
  for (const part of path) {
    if (!isMap(value) || !Object.hasOwn(value, part)) return undefined;
    const next: Value | undefined = value[part];
    if (next === undefined) return undefined;
    value = next;
  }
  return value;
}

/** A copy with the field set; whatever was not a map on the way becomes one. */
export function withField(fields: MapValue, path: FieldPath, value: Value): MapValue {
  const [head, ...rest] = path;
  if (head === undefined) return fields;
  if (rest.length === 0) return { ...fields, [head]: value };
  const inner = fieldAt(fields, [head]) ?? null;
  return { ...fields, [head]: withField(isMap(inner) ? inner : {}, rest, value) };
}

/** A copy without the field; the same object when there is none. */
export function withoutField(fields: MapValue, path: FieldPath): MapValue {
  const [head, ...rest] = path;
  if (head === undefined || !Object.hasOwn(fields, head)) return fields;
  if (rest.length === 0) {
    const { [head]: _removed, ...others } = fields;
    return others;
  }
  const inner = fieldAt(fields, [head]) ?? null;
  return isMap(inner) ? { ...fields, [head]: withoutField(inner, rest) } : fields;
}

/** Only the fields named by the paths; an absent field stays absent. */
export function project(fields: MapValue, paths: readonly FieldPath[]): MapValue {
  let projected: MapValue = {};
  for (const path of paths) {
    const value = fieldAt(fields, path);
    if (value !== undefined) projected = withField(projected, path, value);
  }
  return projected;
}
