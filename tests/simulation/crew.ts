/** Plays seeds on several threads, and gives their results back in the order of the seeds. */
import { Worker } from 'node:worker_threads';

/** What of an outcome a campaign needs; the rest is had again by playing the seed. */
export interface Played {
  readonly seed: number;
  readonly violated: boolean;
  readonly hash: string;
  readonly orders: number;
}

export async function play(seeds: readonly number[], hours: number, threads: number, told: (played: Played) => void): Promise<readonly Played[]> {
  const waiting = [...seeds];
  const played = new Map<number, Played>();
  await Promise.all(Array.from({ length: Math.min(threads, seeds.length) }, () => work(waiting, hours, (one) => {
    played.set(one.seed, one);
    told(one);
  })));
  return seeds.flatMap((seed) => played.get(seed) ?? []);
}

function work(waiting: number[], hours: number, told: (played: Played) => void): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const worker = new Worker(new URL('./crew-worker.ts', import.meta.url));
  const next = (): void => {
    const seed = waiting.shift();
    if (seed === undefined) void worker.terminate().then(() => resolve());
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    else worker.postMessage({ seed, hours });
  };
  worker.on('message', (one: Played) => {
    told(one);
    next();
  });
  worker.on('error', reject);
  next();
  return promise;
}
