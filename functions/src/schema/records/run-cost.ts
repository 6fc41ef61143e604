import { z } from 'zod';

/** The deployed functions. */
export const engineJob = z.enum(['screen', 'sync', 'learn', 'execute', 'confirm', 'control', 'ingest']);
export type EngineJob = z.infer<typeof engineJob>;

const counted = z.int().nonnegative();

/** As it is billed: documents at the store, calls of the venue, processor time, runs and the time in which one was under way. */
export const runCost = z.strictObject({
  documentsRead: counted,
  documentsWritten: counted,
  documentsDeleted: counted,
  venueCalls: counted,
  cpuMs: z.number().nonnegative(),
  /** Null in records from before they were counted. */
  runs: counted.nullable().default(null),
  busyMs: z.number().nonnegative().nullable().default(null),
});
export type RunCost = z.infer<typeof runCost>;
