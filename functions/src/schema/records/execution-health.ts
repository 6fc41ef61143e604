import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs, symbolText } from '../scalars.ts';

/**
 * `state/execution_health`, written by sync alone: how orders, the venue and the reports themselves fare. Written when
 * anything but an age or a latency has changed, and when the last one is `writtenEveryMinutes` old.
 */
export const executionHealth = z.strictObject({
  summary: z.string(),
  ordersArmed: z.int().nonnegative(),
  ordersAmbiguous: z.int().nonnegative(),
  ordersWorking: z.int().nonnegative(),
  /** Age of the oldest order whose fate at the venue is not known; null without one. */
  oldestUnclearSeconds: z.int().nonnegative().nullable(),
  intentsUnderWay: z.int().nonnegative(),
  /** Null when a sync failed before it looked. */
  wakeUpsOverdue: z.int().nonnegative().nullable(),
  /** Of the symbol that the venue acknowledges slowest, over the router's window; null while no route says so. */
  ackLatencyP50Ms: z.number().nonnegative().nullable(),
  ackLatencyP95Ms: z.number().nonnegative().nullable(),
  slowestSymbol: symbolText.nullable(),
  errorsInWindow: z.int().nonnegative(),
  maxErrorsInWindow: z.int().positive(),
  circuit: z.enum(['closed', 'open']),
  /** What sync could not read or do, in words. */
  problems: z.array(z.string()),
  openIncidents: z.int().nonnegative(),
  openAlerts: z.int().nonnegative(),
  /** Alerts that a sink never took, the latest last. */
  failedDeliveries: z.array(z.string()),
  /** Reports that could not be written. */
  telemetryFaults: z.array(z.string()),
  checkedAt: epochMs,
  writtenEveryMinutes: z.int().positive(),
});
export type ExecutionHealth = z.infer<typeof executionHealth>;
export const EXECUTION_HEALTH = collection('state', 1, executionHealth);
export const EXECUTION_HEALTH_ID = 'execution_health';
