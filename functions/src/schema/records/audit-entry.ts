import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs } from '../scalars.ts';
import { runCost } from './run-cost.ts';

/**
 * `control/trading/audit/{requestId}`: one change an operator made, created with the change in one commit and never
 * written again. It is also what makes a repeated request harmless.
 */
export const auditEntry = z.strictObject({
  requestId: z.string(),
  verb: z.string(),
  /** The stable id of whoever asked, and the name people know them by. */
  uid: z.string(),
  actor: z.string(),
  reason: z.string(),
  /** The whole request, as JSON. */
  request: z.string(),
  summary: z.string(),
  /** What was changed, as JSON before and after; null where there was, or is, nothing. */
  before: z.string().nullable(),
  after: z.string().nullable(),
  at: epochMs,
  /** What control had spent since the change before; null where nobody has counted. */
  cost: runCost.nullable().default(null),
});
export type AuditEntry = z.infer<typeof auditEntry>;
export const AUDIT = collection('control/trading/audit', 1, auditEntry);
