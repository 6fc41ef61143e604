/**
 * (last - mean) / population standard deviation over the last `lookback` values. Null when there are too few
 * values or they are all equal: no deviation is not a deviation of zero.
 */
export function zScore(values: readonly number[], lookback: number): number | null {
  if (values.length < lookback || lookback < 2) return null;
  const window = values.slice(-lookback);
  const last = window.at(-1);
  // Compared, not computed: the mean of equal values may differ from them in its last bit.
  if (last === undefined || window.every((value) => value === last)) return null;
  const mean = window.reduce((total, value) => total + value, 0) / lookback;
  const variance = window.reduce((total, value) => total + (value - mean) ** 2, 0) / lookback;
  const deviation = Math.sqrt(variance);
  return deviation > 0 ? (last - mean) / deviation : null;
}
