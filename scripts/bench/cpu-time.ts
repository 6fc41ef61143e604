/** Time of this thread on a processor, so that what else the machine does is not counted. */
import { median } from './statistics.ts';

/** CPU milliseconds of `work`, which must not wait for anything. */
export function cpuMs(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

/** A processor's clock may tick every 4 ms only: one sample is so long that a tick is 2 % of it. */
const SAMPLE_MS = 200;

/** Median CPU milliseconds of one run of `work`, over `rounds` samples of many runs each, after as many runs that warm the compiler up. */
export function medianCpuMs(rounds: number, work: () => void): number {
  const beganAt = performance.now();
  repeat(rounds, work);
  const runs = Math.ceil((SAMPLE_MS * rounds) / (performance.now() - beganAt));
  return median(Array.from({ length: rounds }, () => cpuMs(() => repeat(runs, work)) / runs));
}

function repeat(times: number, work: () => void): void {
  for (let time = 0; time < times; time += 1) work();
}
