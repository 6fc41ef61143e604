import { expect, test } from 'vitest';
import { areCaught } from './mutations/are-caught.ts';
import { MUTATIONS } from './mutations/all-mutations.ts';
import { livenessMutations } from './mutations/liveness-mutations.ts';
import { riskMutations } from './mutations/risk-mutations.ts';
import { INVARIANTS } from './violation.ts';

areCaught([...riskMutations, ...livenessMutations]);

test('there is a mutation for every invariant', () => {
  const broken = new Set<string>(MUTATIONS.map(({ breaks }) => breaks));
  // Any fault may end in an error that nobody foresaw; no mutation is made for that alone.
  expect(Object.keys(INVARIANTS).filter((invariant) => invariant !== 'noBug' && !broken.has(invariant))).toEqual([]);
});
