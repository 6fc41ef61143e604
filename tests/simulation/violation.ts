/** The invariants of design 7, by number, and what a broken one looks like. */
export const INVARIANTS = {
  oneLiveOrder: 1,
  caps: 2,
  books: 3,
  nav: 4,
  liveness: 5,
  closable: 6,
  production: 7,
  sameHash: 8,
  /** Not of the eight: a run failed by an error that nothing injected, or trading went on after the operator had stopped it. */
  noBug: 9,
  operator: 10,
} as const;

export type Invariant = keyof typeof INVARIANTS;

export interface Violation {
  readonly invariant: Invariant;
  readonly detail: string;
  readonly at: number;
}
