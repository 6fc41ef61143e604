/** Documented limits on the content of a document: names of fields, nesting and size. */
import { invalidArgument } from '../protocol/status.ts';
import { checkFieldName } from './field-path.ts';
import { GeoPoint, isArray, isMap, isNumber, isVector, Reference, Timestamp } from './value.ts';
import type { MapValue, Value } from './value.ts';

const MAX_DOCUMENT_BYTES = 1_048_576;
const MAX_DEPTH = 20;
const MAP_OVERHEAD_BYTES = 32;
const NAME_OVERHEAD_BYTES = 16;

/** @returns the document's size in bytes. @throws INVALID_ARGUMENT when the document must not be stored */
export function checkDocument(key: Reference, fields: MapValue): number {
  checkFields(fields, 1);
  const bytes = documentSize(key, fields);
  if (bytes > MAX_DOCUMENT_BYTES) {
    throw invalidArgument(
      `Document "${key.name}" cannot be written because its size (${bytes} bytes) exceeds the maximum of ${MAX_DOCUMENT_BYTES} bytes.`,
    );
  }
  return bytes;
}

function checkFields(fields: MapValue, depth: number): void {
  for (const [name, value] of Object.entries(fields)) {
    checkFieldName(name);
    checkValue(value, depth);
  }
}

function checkValue(value: Value, depth: number): void {
  if (depth > MAX_DEPTH) throw invalidArgument(`A field is nested more than ${MAX_DEPTH} levels deep.`);
  if (isArray(value)) {
    for (const element of value) {
      if (isArray(element)) throw invalidArgument('An array contains an array; wrap the inner array in a map.');
      checkValue(element, depth + 1);
    }
  } else if (isMap(value) && !isVector(value)) {
    checkFields(value, depth + 1);
  }
}

/** Bytes as Firestore counts them (firebase.google.com/docs/firestore/storage-size), not the memory used here. */
export function documentSize(key: Reference, fields: MapValue): number {
  return nameSize(key) + mapSize(fields);
}

function nameSize(key: Reference): number {
  return key.path.split('/').reduce((bytes, segment) => bytes + stringSize(segment), NAME_OVERHEAD_BYTES);
}

const stringSize = (text: string): number => Buffer.byteLength(text) + 1;

function mapSize(fields: MapValue): number {
  let bytes = MAP_OVERHEAD_BYTES;
  for (const [name, value] of Object.entries(fields)) bytes += stringSize(name) + valueSize(value);
  return bytes;
}

function valueSize(value: Value): number {
  if (value === null || typeof value === 'boolean') return 1;
  if (isNumber(value) || value instanceof Timestamp) return 8;
  if (typeof value === 'string') return stringSize(value);
  if (value instanceof Uint8Array) return value.length;
  if (value instanceof GeoPoint) return 16;
  if (value instanceof Reference) return nameSize(value);
  if (isArray(value)) return value.reduce<number>((bytes, element) => bytes + valueSize(element), 0);
  return mapSize(value);
}
