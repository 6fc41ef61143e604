/** Documents of Firestore's REST interface, decoded. Times become milliseconds, whole numbers numbers, as in the engine's records. */
import { asFields, asText } from './fields.ts';
import type { StoredDocument } from './fields.ts';

/** One value of google.firestore.v1; exactly one of the fields is there. */
interface RestValue {
  readonly stringValue: string;
  readonly integerValue: string;
  readonly doubleValue: number;
  readonly booleanValue: boolean;
  readonly timestampValue: string;
  readonly arrayValue: { readonly values: readonly unknown[] };
  readonly mapValue: { readonly fields: Readonly<Record<string, unknown>> };
}

interface RestDocument {
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Null for what is not a document. */
export function readDocument<T extends object>(value: unknown): StoredDocument<T> | null {
  const document = asFields<RestDocument>(value);
  const name = asText(document?.name);
  const fields = asFields<T & { updatedAt: number; configHash: string; engineVersion: string }>(readFields(document?.fields ?? {}));
  return name === null || fields === null ? null : { id: name.slice(name.lastIndexOf('/') + 1), fields };
}

function readFields(value: unknown): Readonly<Record<string, unknown>> {
  const fields = asFields<Record<string, unknown>>(value) ?? {};
  return Object.fromEntries(Object.entries(fields).map(([key, item]) => [key, readValue(item)]));
}

/** Undefined for a kind of value that no record has. */
function readValue(value: unknown): unknown {
  const typed = asFields<RestValue>(value);
  if (typed === null) return undefined;
  if (typed.stringValue !== undefined) return typed.stringValue;
  if (typed.timestampValue !== undefined) return readTime(typed.timestampValue);
  if (typed.integerValue !== undefined) return Number(typed.integerValue);
  if (typed.doubleValue !== undefined) return typed.doubleValue;
  if (typed.booleanValue !== undefined) return typed.booleanValue;
  if (typed.arrayValue !== undefined) {
    const values = asFields<RestValue['arrayValue']>(typed.arrayValue)?.values;
    return Array.isArray(values) ? values.map(readValue) : [];
  }
  if (typed.mapValue !== undefined) return readFields(asFields<RestValue['mapValue']>(typed.mapValue)?.fields);
  return null;
}

/** Whole milliseconds; undefined for what is no time. */
export function readTime(value: unknown): number | undefined {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}
