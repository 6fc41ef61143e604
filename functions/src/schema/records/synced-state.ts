import { z } from 'zod';
import { collection } from '../collection.ts';
import { featureFlags } from '../feature-flags.ts';
import { epochMs, tradingEnv, tradingState } from '../scalars.ts';

/**
 * `state/synced_state`, written by sync alone: what was in step with the venue, and when. Engine version, config hash and
 * run id are stamped on it as on every document. Written when anything but a time has changed, and when the last one is
 * `writtenEveryMinutes` old.
 */
export const syncedState = z.strictObject({
  summary: z.string(),
  tradingEnv,
  namespace: z.string(),
  featureFlags,
  tradingState,
  inStep: z.boolean(),
  /** What is not, in words; empty when all is in step. */
  outOfStep: z.array(z.string()),
  navValueAt: epochMs.nullable(),
  positionsValueAt: epochMs.nullable(),
  venueSettingsValueAt: epochMs.nullable(),
  incomeUntilAt: epochMs.nullable(),
  lastSyncAt: epochMs,
  writtenEveryMinutes: z.int().positive(),
});
export type SyncedState = z.infer<typeof syncedState>;
export const SYNCED_STATE = collection('state', 1, syncedState);
export const SYNCED_STATE_ID = 'synced_state';
