/** Values between the wire and memory. */
import type { WireDocument, WireFields, WireLong, WireTimestamp, WireValue } from '../protocol/messages.ts';
import { invalidArgument, unimplemented } from '../protocol/status.ts';
import type { Document } from '../store/version.ts';
import { parseReference } from '../paths/resource-path.ts';
import { GeoPoint, isArray, isNumber, Reference, Timestamp } from './value.ts';
import type { MapValue, Value } from './value.ts';

const TWO_32 = 4_294_967_296;
const MIN_SECONDS = -62_135_596_800;
const MAX_SECONDS = 253_402_300_799;

export function bigintFromWire(long: WireLong | number): bigint {
  if (typeof long === 'number') return BigInt(long);
  return BigInt.asIntN(64, (BigInt(long.high) << 32n) | BigInt(long.low >>> 0));
}

function bigintToWire(value: bigint): WireLong | number {
  const asNumber = Number(value);
  if (Number.isSafeInteger(asNumber)) return asNumber;
  return { low: Number(BigInt.asIntN(32, value)), high: Number(value >> 32n) };
}

/** @throws INVALID_ARGUMENT outside of the years 1 to 9999 */
function timestampFromWire(wire: WireTimestamp): Timestamp {
  const seconds = typeof wire.seconds === 'number' ? wire.seconds : wire.seconds.high * TWO_32 + (wire.seconds.low >>> 0);
  if (seconds < MIN_SECONDS || seconds > MAX_SECONDS || wire.nanos < 0 || wire.nanos > 999_999_999) {
    throw invalidArgument(`Timestamp (${seconds} s, ${wire.nanos} ns) is outside of the years 0001 to 9999.`);
  }
  return new Timestamp(seconds, wire.nanos);
}

/** Microseconds since 1970; the times of commits fit a double exactly until the year 2255. */
export function microsFromWire(wire: WireTimestamp): number {
  const { seconds, nanos } = timestampFromWire(wire);
  return seconds * 1_000_000 + nanos / 1000;
}

export function microsToWire(micros: number): WireTimestamp {
  return Timestamp.fromMicros(micros);
}

/** @throws INVALID_ARGUMENT for a value without type, UNIMPLEMENTED for pipeline expressions */
export function valueFromWire(wire: WireValue): Value {
  switch (wire.valueType) {
    case 'nullValue':
      return null;
    case 'booleanValue':
      return wire.booleanValue ?? false;
    case 'integerValue':
      return bigintFromWire(wire.integerValue ?? 0);
    case 'doubleValue':
      return wire.doubleValue ?? 0;
    case 'timestampValue':
      return timestampFromWire(wire.timestampValue ?? { seconds: 0, nanos: 0 });
    case 'stringValue':
      return wire.stringValue ?? '';
    case 'bytesValue':
      return new Uint8Array(wire.bytesValue ?? []);
    case 'referenceValue':
      return parseReference(wire.referenceValue ?? '');
    case 'geoPointValue':
      return geoPointFromWire(wire.geoPointValue ?? { latitude: 0, longitude: 0 });
    case 'arrayValue':
      return (wire.arrayValue?.values ?? []).map(valueFromWire);
    case 'mapValue':
      return fieldsFromWire(wire.mapValue?.fields ?? {});
    case undefined:
      throw invalidArgument('A value has no type; set one of the fields of google.firestore.v1.Value.');
    default:
      throw unimplemented(`The embedded Firestore does not know values of type ${wire.valueType}.`);
  }
}

function geoPointFromWire({ latitude, longitude }: { latitude: number; longitude: number }): GeoPoint {
  if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) {
    throw invalidArgument(`Geo point (${latitude}, ${longitude}) must lie within latitude ±90 and longitude ±180.`);
  }
  return new GeoPoint(latitude, longitude);
}

export function fieldsFromWire(wire: WireFields): MapValue {
  const fields: Record<string, Value> = {};
  for (const [name, value] of Object.entries(wire)) {
    // Assignment to this one name would set the prototype instead of a field; it is reserved, and the check of names refuses it.
    if (name === '__proto__') throw invalidArgument('Field name "__proto__" is reserved: names must not match __.*__.');
    fields[name] = valueFromWire(value);
  }
  return fields;
}

export function valueToWire(value: Value): WireValue {
  if (value === null) return { nullValue: 0 };
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { booleanValue: value };
  if (isNumber(value)) return typeof value === 'bigint' ? { integerValue: bigintToWire(value) } : { doubleValue: value };
  if (value instanceof Timestamp) return { timestampValue: value };
  if (value instanceof Uint8Array) return { bytesValue: value };
  if (value instanceof Reference) return { referenceValue: value.name };
  if (value instanceof GeoPoint) return { geoPointValue: value };
  if (isArray(value)) return { arrayValue: { values: value.map(valueToWire) } };
  return { mapValue: { fields: fieldsToWire(value) } };
}

export function fieldsToWire(fields: MapValue): WireFields {
  const wire: Record<string, WireValue> = {};
  for (const [name, value] of Object.entries(fields)) wire[name] = valueToWire(value);
  return wire;
}

/** @param fields other than all, when the client asked for a part */
export function documentToWire(document: Document, fields: MapValue = document.fields): WireDocument {
  return {
    name: document.key.name,
    fields: fieldsToWire(fields),
    createTime: microsToWire(document.createTime),
    updateTime: microsToWire(document.updateTime),
  };
}
