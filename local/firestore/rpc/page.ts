/** One page of a sorted list; the token is the last item of the page before. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Empty on the last page. */
  readonly nextPageToken: string;
}

/** @param pageSize 0 for everything @param tokenOf must grow in the order of the items, by `compare` */
export function pageOf<T>(
  items: readonly T[],
  { pageSize, pageToken }: { readonly pageSize: number; readonly pageToken: string },
  tokenOf: (item: T) => string,
  compare: (a: string, b: string) => number,
): Page<T> {
  const rest = pageToken === '' ? items : items.filter((item) => compare(tokenOf(item), pageToken) > 0);
  const page = pageSize > 0 ? rest.slice(0, pageSize) : rest;
  const last = page.at(-1);
  return { items: page, nextPageToken: last !== undefined && page.length < rest.length ? tokenOf(last) : '' };
}
