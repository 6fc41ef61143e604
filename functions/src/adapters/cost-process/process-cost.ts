/** The meter of a process: what all its stores and venues were asked for, and its processor time. */
import type { CostMeter } from '../../ports/cost-meter.ts';
import type { Venue } from '../../ports/venue.ts';
import type { RunCost } from '../../schema/records/run-cost.ts';

export type DocumentCounts = Pick<RunCost, 'documentsRead' | 'documentsWritten' | 'documentsDeleted'>;

export class ProcessCost implements CostMeter {
  readonly #documents: () => DocumentCounts;
  readonly #cpuMs: () => number;
  #venueCalls = 0;
  /** Loading the process is a cost of its first tick. */
  #reported: RunCost = { documentsRead: 0, documentsWritten: 0, documentsDeleted: 0, venueCalls: 0, cpuMs: 0 };
  #asked: RunCost | null = null;

  /** Both grow over the life of the process. */
  constructor(documents: () => DocumentCounts, cpuMs: () => number = processCpuMs) {
    this.#documents = documents;
    this.#cpuMs = cpuMs;
  }

  /** A run begins: what the last tick told is done with. */
  begin(): void {
    this.#reported = this.#asked ?? this.#reported;
    this.#asked = null;
  }

  sinceLastTick(): RunCost {
    const { documentsRead, documentsWritten, documentsDeleted } = this.#documents();
    const spent = { documentsRead, documentsWritten, documentsDeleted, venueCalls: this.#venueCalls, cpuMs: this.#cpuMs() };
    this.#asked = spent;
    const before = this.#reported;
    return {
      documentsRead: spent.documentsRead - before.documentsRead,
      documentsWritten: spent.documentsWritten - before.documentsWritten,
      documentsDeleted: spent.documentsDeleted - before.documentsDeleted,
      venueCalls: spent.venueCalls - before.venueCalls,
      cpuMs: Math.max(0, Math.round(spent.cpuMs - before.cpuMs)),
    };
  }

  /** The same venue; each call of one of its functions counts. */
  metered(venue: Venue): Venue {
    return new Proxy(venue, {
      get: (target, name): unknown => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return (...args: readonly unknown[]): unknown => {
          this.#venueCalls += 1;
          return Reflect.apply(value, target, args);
        };
      },
    });
  }
}

function processCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
