import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs } from '../scalars.ts';

/** `nav_history/{yyyymmdd}`: one UTC day, a point per sync that knew the NAV, as parallel lists that the console shows compactly. */
export const navHistoryDay = z.strictObject({
  day: z.string(),
  /** Minutes since midnight UTC of each point. */
  minutes: z.array(z.int().min(0).max(1439)),
  navUsd: z.array(z.string()),
  drawdownPct: z.array(z.string()),
  /** Deposits less withdrawals since the start, so that points of different times can be compared. */
  netTransfersUsd: z.array(z.string()),
  lastPointAt: epochMs,
});
export type NavHistoryDay = z.infer<typeof navHistoryDay>;
export const NAV_HISTORY = collection('nav_history', 1, navHistoryDay);
