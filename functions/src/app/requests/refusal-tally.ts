/**
 * Counts refused requests per hour. Each process adds its counts up and writes them every few seconds at most, with the
 * first one at once: a flood leaves one document, not one write each. What a process has not written when it ends, at
 * most a few seconds of refusals, is in the log alone.
 */
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import type { Log } from '../../log/log.ts';
import { REFUSALS } from '../../schema/records/refusals.ts';
import type { Refusals } from '../../schema/records/refusals.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { Step } from '../step.ts';
import type { RefusalCode } from './refusal.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const WRITE_EVERY_MS = 10_000;
/** Callers with a name of their own within an hour; further ones are counted together. */
const MOST_CALLERS = 50;
const OTHERS = 'others';

export interface TallyDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly step: Step;
  readonly retentionDays: number;
}

type Counts = Pick<Refusals, 'total' | 'byCode' | 'byCaller'>;
const NONE: Counts = { total: 0, byCode: {}, byCaller: {} };

export class RefusalTally {
  readonly #endpoint: Refusals['endpoint'];
  #pending: Counts = NONE;
  #writtenAt: EpochMs | null = null;

  constructor(endpoint: Refusals['endpoint']) {
    this.#endpoint = endpoint;
  }

  /** `caller` is known only for those who have proved who they are. Never throws: the refusal is told all the same. */
  async note(deps: TallyDeps, code: RefusalCode, caller: string | null): Promise<void> {
    deps.log.requestRefused(this.#endpoint, code, caller);
    this.#pending = sum(this.#pending, { total: 1, byCode: { [code]: 1 }, byCaller: caller === null ? {} : { [caller]: 1 } });
    const now = deps.clock.now();
    if (this.#writtenAt !== null && now < this.#writtenAt + WRITE_EVERY_MS) return;
    this.#writtenAt = now;
    const counts = this.#pending;
    this.#pending = NONE;
    try {
      await deps.step('requests.count-refusals', () => this.#write(deps, counts, now));
    } catch (error) {
      this.#pending = sum(this.#pending, counts);
      deps.log.refusalsNotCounted(this.#endpoint, error instanceof Error ? error.message : String(error));
    }
  }

  #write({ store, retentionDays }: TallyDeps, counts: Counts, now: EpochMs): Promise<void> {
    const hourAt = now - (now % HOUR_MS);
    const id = `${this.#endpoint}-${new Date(hourAt).toISOString().slice(0, 13).replace(/[-T]/g, '')}`;
    return store.transact(async (tx) => {
      const { known } = await tx.get({ known: { collection: REFUSALS, id } });
      const next = sum(known ?? NONE, counts);
      tx.set(REFUSALS, id, { endpoint: this.#endpoint, hourAt, ...next, lastAt: now, expireAt: now + retentionDays * DAY_MS });
    });
  }
}

function sum(a: Counts, b: Counts): Counts {
  return { total: a.total + b.total, byCode: added(a.byCode, b.byCode), byCaller: bounded(added(a.byCaller, b.byCaller)) };
}

type Tally = Readonly<Record<string, number>>;

function added(a: Tally, b: Tally): Record<string, number> {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...keys].map((key) => [key, countOf(a, key) + countOf(b, key)]));
}

/** Who was never counted has not been refused. */
function countOf(counts: Tally, key: string): number {
  const count = counts[key];
  return count === undefined ? 0 : count;
}

/** The first callers keep their names; the rest are one. */
function bounded(counts: Tally): Record<string, number> {
  const named = Object.entries(counts).filter(([caller]) => caller !== OTHERS);
  if (named.length <= MOST_CALLERS) return { ...counts };
  const rest = named.slice(MOST_CALLERS).reduce((total, [, count]) => total + count, countOf(counts, OTHERS));
  return { ...Object.fromEntries(named.slice(0, MOST_CALLERS)), [OTHERS]: rest };
}
