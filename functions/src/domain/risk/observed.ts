import type { Reading } from '../found.ts';

/** A reading of the market for one symbol. */
export type Observed<T> = Reading<T>;
