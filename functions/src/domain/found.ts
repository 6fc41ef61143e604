/**
 * The answer to a read of the outside world. "Absent" is a fact with a time; "unavailable" is ignorance and must
 * never be treated as empty, flat or zero.
 */
import type { EpochMs } from '../schema/scalars.ts';

export type Found<T> =
  | { readonly kind: 'found'; readonly value: T; readonly asOf: EpochMs }
  | { readonly kind: 'absent'; readonly asOf: EpochMs }
  | { readonly kind: 'unavailable'; readonly cause: string };

/** A read whose subject always exists (balances, positions, quotes): found or unavailable. */
export type Reading<T> = Exclude<Found<T>, { kind: 'absent' }>;
