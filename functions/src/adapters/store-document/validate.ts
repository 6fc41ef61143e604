/** The schema gate in front of every document, in both directions. */
import type { z } from 'zod';
import { CorruptRecordError } from '../../ports/store.ts';
import type { Collection } from '../../schema/collection.ts';
import { isStampField } from './stamp.ts';

const MAX_FAULTS_NAMED = 5;

/** Throws before anything is sent, naming path and field. */
export function refuseInvalid(collection: Collection<unknown>, path: string, data: unknown): void {
  const result = collection.schema.safeParse(data);
  if (!result.success) throw new Error(`document ${path} was not written, its schema refuses it: ${faultOf(result.error)}`);
}

/** The stamp's names belong to the store: a record that used one would lose the field on the way out. */
export function refuseStampFields(path: string, data: object): void {
  const field = Object.keys(data).find(isStampField);
  if (field !== undefined) {
    throw new Error(`document ${path} was not written: the field ${field} is set by the store, rename yours`);
  }
}

/** The record as its schema gives it. Throws CorruptRecordError. */
export function parseStored<T>(collection: Collection<T>, path: string, data: unknown): T {
  const result = collection.schema.safeParse(data);
  if (!result.success) throw new CorruptRecordError(path, faultOf(result.error));
  return result.data;
}

function faultOf(error: z.ZodError): string {
  const faults = error.issues
    .slice(0, MAX_FAULTS_NAMED)
    .map((issue) => `${issue.path.length === 0 ? 'the document' : issue.path.join('.')}: ${issue.message}`);
  const unnamed = error.issues.length - faults.length;
  return unnamed > 0 ? `${faults.join('; ')}; and ${String(unnamed)} more` : faults.join('; ');
}
