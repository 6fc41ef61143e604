import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs } from '../scalars.ts';

/** The reports a sync writes, each into a document of its own. */
export const artifactName = z.enum(['risk_snapshot', 'synced_state', 'runtime_probe', 'execution_health', 'heartbeat']);
export type ArtifactName = z.infer<typeof artifactName>;

const written = z.strictObject({
  /** Hash of what a reader would call a change. */
  mark: z.string(),
  writtenAt: epochMs,
});
export type Written = z.infer<typeof written>;

const fault = z.strictObject({
  cause: z.string(),
  sinceAt: epochMs,
  count: z.int().positive(),
});
export type TelemetryFault = z.infer<typeof fault>;

/** `state/telemetry`, written by sync alone: when each report was last written and what keeps one from being written. It saves reading them all. */
export const telemetryState = z.strictObject({
  summary: z.string(),
  artifacts: z.partialRecord(artifactName, written),
  faults: z.partialRecord(artifactName, fault),
  /** Since when the account is reported on. */
  sinceAt: epochMs,
});
export type TelemetryState = z.infer<typeof telemetryState>;
export const TELEMETRY_STATE = collection('state', 1, telemetryState);
export const TELEMETRY_STATE_ID = 'telemetry';
