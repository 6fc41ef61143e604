/** Reading firestore.indexes.json: each failure names the place, the value and what is allowed. */

export type JsonRecord = Readonly<Record<string, unknown>>;

export function failure(where: string, found: unknown, allowed: string): Error {
  return new Error(`firestore.indexes.json: ${where} is ${JSON.stringify(found) ?? 'absent'}; it must be ${allowed}.`);
}

export function recordOf(value: unknown, where: string): JsonRecord {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw failure(where, value, 'an object');
  return { ...value };
}

export function textAt(record: JsonRecord, field: string, where: string): string {
  const value = record[field];
  if (typeof value !== 'string' || value === '') throw failure(`${where}.${field}`, value, 'a text that is not empty');
  return value;
}

/** An absent list is an empty one. */
export function listAt(record: JsonRecord, field: string, where: string): readonly unknown[] {
  const value = record[field] ?? [];
  if (!Array.isArray(value)) throw failure(`${where}.${field}`, value, 'a list');
  return value;
}
