/** Processor time of a process. Jobs that share one take it in turns, so that none of it is told twice. */
export class ProcessorTime {
  readonly #spentMs: () => number;
  /** Loading the process is a cost of whoever asks first. */
  #takenMs = 0;

  /** `spentMs` grows over the life of the process. */
  constructor(spentMs: () => number) {
    this.#spentMs = spentMs;
  }

  /** Milliseconds since it was last asked. */
  take(): number {
    const spentMs = this.#spentMs();
    const freshMs = spentMs - this.#takenMs;
    this.#takenMs = spentMs;
    return freshMs;
  }
}

/** Of all its threads. */
export function processCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
