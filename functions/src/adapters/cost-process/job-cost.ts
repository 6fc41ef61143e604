/** The meter of one job in one process: what its stores and venues were asked for, its runs, their time and that of the processor. */
import type { CostMeter } from '../../ports/cost-meter.ts';
import type { Venue } from '../../ports/venue.ts';
import type { RunCost } from '../../schema/records/run-cost.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { ProcessorTime } from './processor-time.ts';

/** Cloud Run bills by the started tenth of a second in which an instance works on anything. */
const BILLED_MS = 100;

export type DocumentCounts = Pick<RunCost, 'documentsRead' | 'documentsWritten' | 'documentsDeleted'>;
type Spent = { readonly [Count in keyof RunCost]: number };

const NOTHING: Spent = { documentsRead: 0, documentsWritten: 0, documentsDeleted: 0, venueCalls: 0, cpuMs: 0, runs: 0, busyMs: 0 };

export class JobCost {
  readonly #documents: () => DocumentCounts;
  readonly #processor: ProcessorTime;
  readonly #now: () => EpochMs;
  #venueCalls = 0;
  #cpuMs = 0;
  #runs = 0;
  #underWay = 0;
  #busyMs = 0;
  #busySince: EpochMs = 0;
  /** Of all the above, what records have been given. */
  #told: Spent = NOTHING;

  /** `documents` grows over the life of the process. */
  constructor(documents: () => DocumentCounts, processor: ProcessorTime, now: () => EpochMs) {
    this.#documents = documents;
    this.#processor = processor;
    this.#now = now;
  }

  /** A run begins; runs may overlap. */
  begin(): CostMeter {
    if (this.#underWay === 0) this.#busySince = this.#now();
    this.#underWay += 1;
    this.#runs += 1;
    let isOver = false;
    return {
      take: () => this.#take(),
      giveBack: (cost) => this.#giveBack(cost),
      end: () => {
        if (!isOver) this.#end();
        isOver = true;
      },
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

  #end(): void {
    this.#underWay -= 1;
    if (this.#underWay === 0) this.#busyMs += Math.max(1, Math.ceil((this.#now() - this.#busySince) / BILLED_MS)) * BILLED_MS;
  }

  #take(): RunCost {
    const spent = this.#spent();
    const fresh = difference(spent, this.#told);
    this.#told = spent;
    return { ...fresh, cpuMs: Math.max(0, Math.round(fresh.cpuMs)) };
  }

  #giveBack({ runs, busyMs, ...cost }: RunCost): void {
    if (runs === null || busyMs === null) throw new Error('only what was taken can be given back');
    this.#told = difference(this.#told, { ...cost, runs, busyMs });
  }

  #spent(): Spent {
    const { documentsRead, documentsWritten, documentsDeleted } = this.#documents();
    this.#cpuMs += this.#processor.take();
    const underWayMs = this.#underWay === 0 ? 0 : Math.max(0, this.#now() - this.#busySince);
    return { documentsRead, documentsWritten, documentsDeleted, venueCalls: this.#venueCalls, cpuMs: this.#cpuMs, runs: this.#runs, busyMs: this.#busyMs + underWayMs };
  }
}

function difference(of: Spent, without: Spent): Spent {
  return {
    documentsRead: of.documentsRead - without.documentsRead,
    documentsWritten: of.documentsWritten - without.documentsWritten,
    documentsDeleted: of.documentsDeleted - without.documentsDeleted,
    venueCalls: of.venueCalls - without.venueCalls,
    cpuMs: of.cpuMs - without.cpuMs,
    runs: of.runs - without.runs,
    busyMs: of.busyMs - without.busyMs,
  };
}
