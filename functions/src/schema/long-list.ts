import { z } from 'zod';

/**
 * A list that grows to thousands of items and is written every minute. `isItem` must say exactly what `item` says: the
 * list is checked by it in one pass, and only one with a fault by the schema, which names it.
 */
export function longList<T>(item: z.ZodType<T>, isItem: (value: unknown) => value is T): z.ZodType<T[]> {
  const list = z.array(item);
  return z.custom<T[]>()
    .superRefine((value: unknown, context) => {
      if (isListOf(value, isItem)) return;
      for (const issue of list.safeParse(value).error?.issues ?? []) context.addIssue({ ...issue });
    })
    .meta(z.toJSONSchema(list));
}

/** Not `every`, which passes over holes. */
function isListOf<T>(value: unknown, isItem: (item: unknown) => item is T): value is T[] {
  if (!Array.isArray(value)) return false;
  for (const item of value) if (!isItem(item)) return false;
  return true;
}
