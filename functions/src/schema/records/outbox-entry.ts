import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs } from '../scalars.ts';

/** Who works on an intent now. The token grows with every claim, so a late holder can be told from the present one. */
export const lease = z.strictObject({
  holder: z.string(),
  token: z.int().positive(),
  expiresAt: epochMs,
});
export type Lease = z.infer<typeof lease>;

/**
 * `outbox/{intentId}`: created in one commit with the intent, closed in one commit with its end. It is the truth
 * about work to do; Pub/Sub messages only hurry it. Sync publishes every open entry whose `dueAt` has passed.
 */
export const outboxEntry = z.strictObject({
  intentId: z.string(),
  topic: z.enum(['order-intents', 'order-checks']),
  state: z.enum(['open', 'done']),
  dueAt: epochMs,
  lease: lease.nullable(),
  /** The token of the last claim, kept when the lease is given back. */
  lastToken: z.int().nonnegative(),
  createdAt: epochMs,
});
export type OutboxEntry = z.infer<typeof outboxEntry>;
export const OUTBOX = collection('outbox', 1, outboxEntry);
