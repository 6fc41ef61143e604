import { z } from 'zod';
import { collection } from '../collection.ts';
import { featureFlags } from '../feature-flags.ts';
import { epochMs, tradingEnv } from '../scalars.ts';

/**
 * `state/runtime_probe`, written by sync alone and with any flags: which engine runs where and what it may do. Version,
 * config hash and run id are stamped on it. Written when something has changed, and when the last one is
 * `writtenEveryMinutes` old. Where the write gate refuses records it is in the log, every sync.
 */
export const runtimeProbe = z.strictObject({
  summary: z.string(),
  tradingEnv,
  namespace: z.string(),
  projectId: z.string().nullable(),
  region: z.string(),
  venue: z.string(),
  nodeVersion: z.string(),
  featureFlags,
  allowProdWrite: z.boolean(),
  allowProdSync: z.boolean(),
  /** `open`, or why it is closed. */
  orderGate: z.string(),
  recordGate: z.string(),
  probedAt: epochMs,
  writtenEveryMinutes: z.int().positive(),
});
export type RuntimeProbe = z.infer<typeof runtimeProbe>;
export const RUNTIME_PROBE = collection('state', 1, runtimeProbe);
export const RUNTIME_PROBE_ID = 'runtime_probe';
