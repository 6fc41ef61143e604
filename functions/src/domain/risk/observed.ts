import type { EpochMs } from '../../schema/scalars.ts';

/** One reading of the market for one symbol: a value and when it was read, or why there is none. */
export type Observed<T> =
  | { readonly kind: 'found'; readonly value: T; readonly asOf: EpochMs }
  | { readonly kind: 'unavailable'; readonly cause: string };
