import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs } from '../scalars.ts';

/** `control/write_gate`: the second key for production. An operator writes it by hand, naming the project it opens. */
export const writeGateControl = z.strictObject({
  projectId: z.string().min(1),
  actor: z.string().min(1),
  reason: z.string().min(1),
  changedAt: epochMs,
});
export const WRITE_GATE = collection('control', 1, writeGateControl);
export const WRITE_GATE_ID = 'write_gate';
