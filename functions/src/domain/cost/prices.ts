/**
 * List prices in US dollars and what is free, as published by Google in November 2026 for what a deployment uses:
 * https://cloud.google.com/firestore/pricing at its dearest location class (multi-region; a single region costs less), and
 * https://cloud.google.com/run/pricing, on which functions run, at tier 1, to which asia-northeast1 belongs.
 */
export const PRICES_AS_OF = '2026-11, Firestore multi-region, Cloud Run tier 1';

export interface Price {
  readonly usd: number;
  readonly freePerDay: number;
}

const DAYS_A_MONTH = 30;

export const FIRESTORE = {
  read: { usd: 0.06 / 100_000, freePerDay: 50_000 },
  write: { usd: 0.18 / 100_000, freePerDay: 20_000 },
  delete: { usd: 0.02 / 100_000, freePerDay: 20_000 },
} as const satisfies Readonly<Record<string, Price>>;

/** Free by the month, counted by the day here. */
export const FUNCTIONS = {
  vcpuSecond: { usd: 0.000024, freePerDay: 180_000 / DAYS_A_MONTH },
  gibSecond: { usd: 0.0000025, freePerDay: 360_000 / DAYS_A_MONTH },
  request: { usd: 0.4 / 1_000_000, freePerDay: 2_000_000 / DAYS_A_MONTH },
} as const satisfies Readonly<Record<string, Price>>;

/** Of a day in which so much was used. */
export const billedUsd = (perDay: number, { usd, freePerDay }: Price): number => Math.max(0, perDay - freePerDay) * usd;
