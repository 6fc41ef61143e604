/** All records of a span of time, oldest first, page by page: however many there are, a page is in memory. */
import type { Doc } from '../../ports/store.ts';
import type { EpochMs } from '../../schema/scalars.ts';

const PAGE = 500;

/** The oldest `limit` records at or after `from`. */
export type ReadPage<T> = (from: EpochMs, limit: number) => Promise<readonly Doc<T>[]>;

/** Goes on from the time of the last record, of which one millisecond may hold more than a page: then pages grow. */
export async function* inTimeOrder<T>(readPage: ReadPage<T>, timeOf: (record: T) => EpochMs, from: EpochMs, page = PAGE): AsyncGenerator<T> {
  let since = from;
  let limit = page;
  let told: ReadonlySet<string> = new Set();
  for (;;) {
    const docs = await readPage(since, limit);
    for (const { id, data } of docs) if (!told.has(id)) yield data;
    const last = docs.at(-1);
    if (last === undefined || docs.length < limit) return;
    const lastAt = timeOf(last.data);
    const ofLast = docs.filter(({ data }) => timeOf(data) === lastAt).map(({ id }) => id);
    told = new Set(lastAt === since ? [...told, ...ofLast] : ofLast);
    limit = lastAt === since ? limit * 2 : page;
    since = lastAt;
  }
}
