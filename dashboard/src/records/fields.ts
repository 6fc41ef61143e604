/**
 * Stored documents as the page sees them: the field names of the engine's own record types, so that a renamed field fails
 * the type check, and values that are not trusted. What is missing or of another form is null, which the page shows as
 * unknown; it never becomes zero.
 */
/* oxlint-disable typescript/no-generated-empty-object-type -- with any T the rule sees no field; where T is a record there are some */

/** The fields of record T as they may have arrived. */
export type Fields<T extends object> = { readonly [K in keyof T]?: unknown };

/** What a store adds to every document. */
interface Stamp {
  readonly updatedAt: number;
  readonly configHash: string;
  readonly engineVersion: string;
}

export interface StoredDocument<T extends object> {
  readonly id: string;
  readonly fields: Fields<T & Stamp>;
}

const DECIMAL = /^-?\d+(\.\d+)?$/;

export const asText = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Exact decimal as text, the form of every amount in a record. */
export const asDecimal = (value: unknown): DecimalText | null => (typeof value === 'string' && isDecimal(value) ? value : null);

/** The literal type is what Intl formats without going through a float. */
export type DecimalText = `${number}`;
const isDecimal = (text: string): text is DecimalText => DECIMAL.test(text);

export const asNumber = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null);

/** Milliseconds since 1970. */
export const asTime = (value: unknown): number | null => (typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : null);

export const asFlag = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null);

/** One of the words that are keys of `words`; null for a word that this page does not know. */
export function asWord<Word extends string>(value: unknown, words: Readonly<Record<Word, unknown>>): Word | null {
  return typeof value === 'string' && isKey(value, words) ? value : null;
}

const isKey = <Word extends string>(text: string, words: Readonly<Record<Word, unknown>>): text is Word => Object.hasOwn(words, text);

export function asFields<T extends object>(value: unknown): Fields<T> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
}

/** Null when it is no list; entries that are no objects are left out by nobody: they come as null. */
export function asList<T extends object>(value: unknown): readonly (Fields<T> | null)[] | null {
  return Array.isArray(value) ? value.map((item: unknown) => asFields<T>(item)) : null;
}

export function asEntries<T extends object>(value: unknown): readonly (readonly [string, Fields<T> | null])[] | null {
  const map = asFields<Record<string, unknown>>(value);
  return map === null ? null : Object.entries(map).map(([key, item]) => [key, asFields<T>(item)] as const);
}

export const asTexts = (value: unknown): readonly string[] | null =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : null;

/** The entries that are there, when an unreadable one changes nothing but the list. */
export const present = <T>(items: readonly (T | null)[] | null): readonly T[] => (items ?? []).filter((item) => item !== null);
