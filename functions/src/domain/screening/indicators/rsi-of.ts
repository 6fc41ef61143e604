/**
 * 100 * gain / (gain + loss), the same as 100 - 100 / (1 + gain / loss). Neither gain nor loss is the middle, 50; null
 * when either is not finite.
 */
export function rsiOf(gain: number, loss: number): number | null {
  const moved = gain + loss;
  if (!Number.isFinite(moved)) return null;
  return moved === 0 ? 50 : (100 * gain) / moved;
}
