import type { z } from 'zod';

/** A typed place in the store: `hedge/{namespace}/{name}/{id}`. Reader and writer import the same one. */
export interface Collection<T> {
  readonly name: string;
  readonly schema: z.ZodType<T>;
  /** Bumped when a change of the schema needs a migration; stamped on every document. */
  readonly schemaVersion: number;
}

export function collection<T>(name: string, schemaVersion: number, schema: z.ZodType<T>): Collection<T> {
  return { name, schemaVersion, schema };
}
