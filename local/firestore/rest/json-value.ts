/** The JSON form of google.firestore.v1 values, as the REST interface of Firestore has it. */
import { bigintFromWire } from '../values/wire-value.ts';
import type { WireDocument, WireTimestamp, WireValue } from '../protocol/messages.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const NANOS_PER_SECOND = 1_000_000_000;

export function documentToJson({ name, fields, createTime, updateTime }: WireDocument): Json {
  return {
    name,
    fields: fieldsToJson(fields),
    ...(createTime === undefined ? {} : { createTime: timestampToJson(createTime) }),
    ...(updateTime === undefined ? {} : { updateTime: timestampToJson(updateTime) }),
  };
}

function fieldsToJson(fields: Readonly<Record<string, WireValue>>): Json {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, valueToJson(value)]));
}

function valueToJson(value: WireValue): Json {
  if (value.stringValue !== undefined) return { stringValue: value.stringValue };
  if (value.timestampValue !== undefined) return { timestampValue: timestampToJson(value.timestampValue) };
  // As text: JSON numbers cannot hold 64 bits.
  if (value.integerValue !== undefined) return { integerValue: String(bigintFromWire(value.integerValue)) };
  if (value.doubleValue !== undefined) return { doubleValue: Number.isFinite(value.doubleValue) ? value.doubleValue : String(value.doubleValue) };
  if (value.booleanValue !== undefined) return { booleanValue: value.booleanValue };
  if (value.arrayValue !== undefined) return { arrayValue: { values: value.arrayValue.values.map(valueToJson) } };
  if (value.mapValue !== undefined) return { mapValue: { fields: fieldsToJson(value.mapValue.fields) } };
  if (value.bytesValue !== undefined) return { bytesValue: Buffer.from(value.bytesValue).toString('base64') };
  if (value.referenceValue !== undefined) return { referenceValue: value.referenceValue };
  if (value.geoPointValue !== undefined) return { geoPointValue: { ...value.geoPointValue } };
  return { nullValue: null };
}

/** RFC 3339 in UTC, with as many digits as the time has. */
export function timestampToJson({ seconds, nanos }: WireTimestamp): string {
  const whole = new Date(Number(bigintFromWire(seconds)) * 1000).toISOString().slice(0, 19);
  const fraction = nanos === 0 ? '' : `.${String(nanos + NANOS_PER_SECOND).slice(1).replace(/0+$/, '')}`;
  return `${whole}${fraction}Z`;
}

/**
 * A request of the REST interface in the form that protobufjs takes: times are split into seconds and nanoseconds, a
 * limit is wrapped. Names of enums, integers as text and bytes in base64 it takes as they are.
 */
export function requestFromJson(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => requestFromJson(item));
  if (key === 'timestampValue' || key === 'readTime') return timestampFromJson(value);
  if (key === 'nullValue') return 'NULL_VALUE';
  if (key === 'limit') return typeof value === 'number' ? { value } : value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, requestFromJson(item, name)]));
}

function timestampFromJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const ms = Date.parse(value);
  const fraction = /\.(\d{1,9})Z$/.exec(value)?.[1] ?? '';
  return { seconds: Math.floor(ms / 1000), nanos: Number(fraction.padEnd(9, '0')) };
}
