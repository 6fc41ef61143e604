/** Memory that is still held when everything that can go has gone. Needs a process that was started with `--expose-gc`. */
export function heldHeapMb(): number {
  if (globalThis.gc === undefined) throw new Error('start node with --expose-gc: memory cannot be measured without');
  globalThis.gc();
  return process.memoryUsage().heapUsed / 1e6;
}
