import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs } from '../scalars.ts';

/**
 * `refusals/{endpoint}-{yyyymmddhh}`: requests that control or ingest refused within an hour, counted. A flood of them
 * is one document, written every few seconds at most.
 */
export const refusals = z.strictObject({
  endpoint: z.enum(['control', 'ingest']),
  hourAt: epochMs,
  total: z.int().positive(),
  /** By code of the refusal. */
  byCode: z.record(z.string(), z.int().positive()),
  /** By who was refused, where that is known: a person's name or the id of a key. */
  byCaller: z.record(z.string(), z.int().positive()),
  lastAt: epochMs,
  expireAt: epochMs,
});
export type Refusals = z.infer<typeof refusals>;
export const REFUSALS = collection('refusals', 1, refusals);
