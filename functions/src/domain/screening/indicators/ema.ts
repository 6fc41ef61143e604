/**
 * Exponential moving average of all values, oldest first, with weight 2 / (period + 1), seeded with the first value.
 * Null without values. The seed fades by 1 - 2 / (period + 1) with each further value; see `EMA_WARMUP_PERIODS`.
 */
export function ema(values: readonly number[], period: number): number | null {
  const [first, ...rest] = values;
  if (first === undefined) return null;
  const weight = 2 / (period + 1);
  return rest.reduce((average, value) => average + weight * (value - average), first);
}

/** After so many periods a seed counts for less than a millionth: (1 - 2 / (p + 1)) ^ 7p < e ^ -14. */
export const EMA_WARMUP_PERIODS = 7;
