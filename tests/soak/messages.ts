/** What the soak and the engine's process say to each other. Time travels with every word: the soak alone moves it. */
import { z } from 'zod';

export const JOBS = ['sync', 'screen', 'learn'] as const;
export type Job = (typeof JOBS)[number];

const time = z.int().positive();
const number = z.int().nonnegative();

const pubsubMessage = z.strictObject({
  messageId: z.string(),
  publishTimeMs: time,
  /** Base64. */
  data: z.string(),
  attributes: z.record(z.string(), z.string()),
  orderingKey: z.string(),
});

/** Work for the engine; `call` names it in every answer. */
const job = z.strictObject({ kind: z.literal('job'), call: number, now: time, job: z.enum(JOBS) });
const message = z.strictObject({ kind: z.literal('message'), call: number, now: time, subscription: z.string(), message: pubsubMessage });
/** An invocation that slept goes on. */
const woken = z.strictObject({ kind: z.literal('woken'), sleep: number, now: time });

export const toEngine = z.discriminatedUnion('kind', [job, message, woken]);
export type ToEngine = z.infer<typeof toEngine>;
export type Work = z.infer<typeof job> | z.infer<typeof message>;

export const fromEngine = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ready') }),
  /** A step begins. */
  z.strictObject({ kind: z.literal('step'), name: z.string() }),
  z.strictObject({ kind: z.literal('sleeps'), call: number, sleep: number, ms: z.number().positive() }),
  z.strictObject({ kind: z.literal('done'), call: number }),
  z.strictObject({ kind: z.literal('failed'), call: number, reason: z.string() }),
]);
export type FromEngine = z.infer<typeof fromEngine>;
