import type { Got, Wanted } from '../../ports/store.ts';
import type { Collection } from '../../schema/collection.ts';

/** Answers every key of `wanted` by `read`, which gives the parsed document or null, in the order of the keys. */
export function gotFor<W extends Wanted>(
  wanted: W,
  read: (collection: Collection<unknown>, id: string, index: number) => unknown,
): Got<W> {
  const got: Record<string, unknown> = {};
  let index = 0;
  for (const [key, { collection, id }] of Object.entries(wanted)) {
    got[key] = read(collection, id, index);
    index += 1;
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each value was parsed by the schema under its own key, which types cannot follow
  return got as Got<W>;
}
