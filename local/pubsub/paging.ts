import { LIMITS } from './limits.ts';
import { invalidArgument } from './pubsub-error.ts';
import type { Page } from './wire.ts';

/**
 * One page of `items` in the order of their names; the token of a page is the last name before it.
 * @throws INVALID_ARGUMENT for a negative page size.
 */
export function page<T>(items: readonly T[], nameOf: (item: T) => string, request: Page): { items: T[]; nextPageToken: string } {
  if (request.pageSize < 0) throw invalidArgument(`pageSize is ${request.pageSize}; it must not be negative.`);
  const size = Math.min(request.pageSize || LIMITS.pageSize.default, LIMITS.pageSize.max);
  const rest = items
    .filter((item) => nameOf(item) > request.pageToken)
    .toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const shown = rest.slice(0, size);
  const last = shown.at(-1);
  return { items: shown, nextPageToken: rest.length > size && last !== undefined ? nameOf(last) : '' };
}
