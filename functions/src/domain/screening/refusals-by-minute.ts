import type { RefusalsOfTick } from '../../schema/records/screen-state.ts';
import type { EpochMs } from '../../schema/scalars.ts';

const MINUTE_MS = 60_000;

export interface RefusedEntry {
  readonly at: EpochMs;
  /** The first check that refused it. */
  readonly code: string;
}

/** Entries refused one by one, as a storm is told from: a minute's together, oldest first, under the code of most of them. */
export function refusalsByMinute(entries: readonly RefusedEntry[]): RefusalsOfTick[] {
  const minutes = [...Map.groupBy(entries, ({ at }) => Math.floor(at / MINUTE_MS))].toSorted(([a], [b]) => a - b);
  return minutes.flatMap(([, refused]): readonly RefusalsOfTick[] => {
    const [most] = [...Map.groupBy(refused, ({ code }) => code)].toSorted(([, a], [, b]) => b.length - a.length);
    return most === undefined ? [] : [{ at: Math.max(...refused.map(({ at }) => at)), refused: refused.length, code: most[0] }];
  });
}
