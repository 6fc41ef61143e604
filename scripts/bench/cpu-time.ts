/** Time of this thread on a processor, so that what else the machine does is not counted. */

/** CPU milliseconds of `work`, which must not wait for anything. */
export function cpuMs(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

/** A processor's clock may tick every 4 ms only: one sample is so long that a tick is 2 % of it. */
const SAMPLE_MS = 200;
/** Work of a few milliseconds is compiled for its best speed only after hundreds of runs. */
const WARM_UP_MS = 1500;

/** Warms `work` up and returns what measures one sample of it: CPU milliseconds of one run, the mean of many. */
export function sampler(work: () => void): () => number {
  const beganAt = performance.now();
  let runs = 0;
  for (; performance.now() < beganAt + WARM_UP_MS; runs += 1) work();
  const sampled = Math.ceil((runs * SAMPLE_MS) / WARM_UP_MS);
  return () => cpuMs(() => repeat(sampled, work)) / sampled;
}

function repeat(times: number, work: () => void): void {
  for (let time = 0; time < times; time += 1) work();
}
