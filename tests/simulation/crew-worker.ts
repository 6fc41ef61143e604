import { parentPort } from 'node:worker_threads';
import type { Played } from './crew.ts';
import { simulate } from './simulation.ts';

parentPort?.on('message', (task: { readonly seed: number; readonly hours: number }) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  void simulate(task).then(({ seed, violation, hash, orders }) => parentPort?.postMessage({ seed, violated: violation !== null, hash, orders } satisfies Played));
});
