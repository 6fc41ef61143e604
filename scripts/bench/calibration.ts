/**
 * A fixed piece of plain work of the kind the engine does: whole numbers, text, maps and small objects. A figure as a
 * ratio to it says the same on a fast machine and on a slow one.
 */
import { sampler } from './cpu-time.ts';
import { median } from './statistics.ts';

/** So few a map that what the loop leaves behind dies young: with more, its time hangs on what the collector is at. */
const ITEMS = 300;
const MAPS = 100;
const ROUNDS = 9;

/** CPU milliseconds of one loop on this machine, now. */
export function calibrationMs(): number {
  const sample = sampler(calibrationLoop);
  return median(Array.from({ length: ROUNDS }, sample));
}

export interface BesideLoop {
  /** CPU milliseconds of one run of the work. */
  readonly ms: number;
  /** To one loop. */
  readonly ratio: number;
}

/** `work` and the loop in turn, so that a machine that is fast in one second and slow in the next is so for both. Medians. */
export function besideLoop(work: () => void): BesideLoop {
  const [sampleWork, sampleLoop] = [sampler(work), sampler(calibrationLoop)];
  const rounds = Array.from({ length: ROUNDS }, () => ({ ms: sampleWork(), loopMs: sampleLoop() }));
  return { ms: median(rounds.map(({ ms }) => ms)), ratio: median(rounds.map(({ ms, loopMs }) => ms / loopMs)) };
}

function calibrationLoop(): void {
  for (let map = 0; map < MAPS; map += 1) fillAndRead();
}

function fillAndRead(): void {
  const byKey = new Map<string, { readonly key: string; readonly weight: number }>();
  let state = 1;
  for (let index = 0; index < ITEMS; index += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const key = `${index}-${state.toString(36)}`;
    byKey.set(key, { key, weight: state / 2 ** 32 });
  }
  const found = [...byKey.values()].filter(({ key, weight }) => weight < 1 && byKey.has(key)).length;
  if (found !== ITEMS) throw new Error(`the calibration loop found ${found} of ${ITEMS} items`);
}
