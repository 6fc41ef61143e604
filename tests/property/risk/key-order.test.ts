import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RISK, verdictOf } from '../../unit/domain/risk/scenario.ts';
import { riskLimits, scenario } from './arbitraries.ts';

function reordered<T>(record: Record<string, T>, seed: number): Record<string, T> {
  const entries = Object.entries(record);
  const turn = entries.length === 0 ? 0 : seed % entries.length;
  return Object.fromEntries([...entries.slice(turn), ...entries.slice(0, turn)].toReversed());
}

describe('the order of keys in records and config', () => {
  it('never changes a verdict, down to the last observed digit', () => {
    fc.assert(
      fc.property(scenario, riskLimits, fc.nat(10), (at, limits, seed) => {
        const risk = { ...RISK, ...limits };
        const shuffledRisk = reordered({ ...risk, perSymbol: reordered(risk.perSymbol, seed), tiers: reordered(risk.tiers, seed) }, seed);
        const state = { ...at.risk, exposures: reordered(at.risk?.exposures ?? {}, seed), reservations: reordered(at.risk?.reservations ?? {}, seed) };
        expect(verdictOf({ ...at, risk: state, config: { risk: shuffledRisk } })).toEqual(verdictOf({ ...at, config: { risk } }));
      }),
      { numRuns: 300 },
    );
  });
});
