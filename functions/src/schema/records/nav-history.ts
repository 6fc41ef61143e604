import { z } from 'zod';
import { collection } from '../collection.ts';
import { longList } from '../long-list.ts';
import { epochMs } from '../scalars.ts';

const isMinute = (item: unknown): item is number => Number.isInteger(item) && Number(item) >= 0 && Number(item) <= 1439;
const isText = (item: unknown): item is string => typeof item === 'string';

/** `nav_history/{yyyymmdd}`: one UTC day, a point per sync that knew the NAV, as parallel lists that the console shows compactly. */
export const navHistoryDay = z.strictObject({
  day: z.string(),
  /** Minutes since midnight UTC of each point. */
  minutes: longList(z.int().min(0).max(1439), isMinute),
  navUsd: longList(z.string(), isText),
  drawdownPct: longList(z.string(), isText),
  /** Deposits less withdrawals since the start, so that points of different times can be compared. */
  netTransfersUsd: longList(z.string(), isText),
  lastPointAt: epochMs,
});
export type NavHistoryDay = z.infer<typeof navHistoryDay>;
export const NAV_HISTORY = collection('nav_history', 1, navHistoryDay);
