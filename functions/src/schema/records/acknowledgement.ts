import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs } from '../scalars.ts';

/** `acknowledgements/{id of an incident or alert}`: somebody has seen it. It counts while `openedAt` is that of the incident, or when the alert was raised. */
export const acknowledgement = z.strictObject({
  incidentId: z.string(),
  openedAt: epochMs,
  actor: z.string(),
  note: z.string(),
  at: epochMs,
});
export type Acknowledgement = z.infer<typeof acknowledgement>;
export const ACKNOWLEDGEMENTS = collection('acknowledgements', 1, acknowledgement);
