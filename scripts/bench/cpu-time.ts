/** Time of this thread on a processor, so that what else the machine does is not counted. */
import { median } from './statistics.ts';

/** CPU milliseconds of `work`, which must not wait for anything. */
export function cpuMs(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

/** Median over `rounds` runs, after as many that warm the compiler up. */
export function medianCpuMs(rounds: number, work: () => void): number {
  for (let round = 0; round < rounds; round += 1) work();
  return median(Array.from({ length: rounds }, () => cpuMs(work)));
}
