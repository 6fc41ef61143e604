/** 100 * gain / (gain + loss), the same as 100 - 100 / (1 + gain / loss). Neither gain nor loss is the middle, 50. */
export function rsiOf(gain: number, loss: number): number {
  return gain + loss === 0 ? 50 : (100 * gain) / (gain + loss);
}
