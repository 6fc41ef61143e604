/** The kept faults of the gate stay where the sources are, and the document that lists them is complete. `npm run mutations:gate` runs them. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inRepository } from '../../scripts/deployable/repository.ts';
import { GATE_MUTATIONS } from '../../scripts/gate-mutations/mutations.ts';

describe.each(GATE_MUTATIONS)('the kept fault "$name"', ({ name, file, text, becomes, caughtBy }) => {
  it('can still be put into the sources at one place', () => {
    expect(readFileSync(inRepository(file), 'utf8').split(text)).toHaveLength(2);
    expect(becomes).not.toBe(text);
  });

  it('has its test and its line in docs/proof-gate.md', () => {
    expect(existsSync(inRepository(caughtBy))).toBe(true);
    expect(readFileSync(inRepository('docs/proof-gate.md'), 'utf8')).toContain(name);
  });
});
