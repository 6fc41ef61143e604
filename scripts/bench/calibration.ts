/**
 * A fixed piece of plain work of the kind the engine does: whole numbers, text, maps and small objects. A figure as a
 * ratio to it says the same on a fast machine and on a slow one.
 */
import { medianCpuMs } from './cpu-time.ts';

const ITEMS = 50_000;
const ROUNDS = 9;

/** CPU milliseconds of one loop on this machine, now. */
export function calibrationMs(): number {
  return medianCpuMs(ROUNDS, () => {
    const found = loop(ITEMS);
    if (found !== ITEMS) throw new Error(`the calibration loop found ${found} of ${ITEMS} items`);
  });
}

function loop(items: number): number {
  const byKey = new Map<string, { readonly key: string; readonly weight: number }>();
  let state = 1;
  for (let index = 0; index < items; index += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const key = `${index}-${state.toString(36)}`;
    byKey.set(key, { key, weight: state / 2 ** 32 });
  }
  return [...byKey.values()].filter(({ key, weight }) => weight < 1 && byKey.has(key)).length;
}
