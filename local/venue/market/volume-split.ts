/**
 * Splits `total` whole units over slots in proportion to `weights`, exactly. Each slot of `reserved` gets one unit
 * first, in that order, for as long as there are units.
 */
export function splitVolume(total: number, weights: readonly number[], reserved: readonly number[]): number[] {
  const shares = weights.map(() => 0);
  const granted = reserved.slice(0, total);
  const rest = total - granted.length;
  const sum = weights.reduce((a, b) => a + b, 0);
  let weight = 0;
  let given = 0;
  for (const [slot, own] of weights.entries()) {
    weight += own;
    // The last slot with any weight takes what is left, so that rounding can neither lose nor invent a unit.
    const upTo = weight === sum ? rest : Math.min(rest, Math.floor((rest * weight) / sum));
    shares[slot] = upTo - given;
    given = upTo;
  }
  for (const slot of granted) shares[slot] = (shares[slot] ?? 0) + 1;
  return shares;
}
