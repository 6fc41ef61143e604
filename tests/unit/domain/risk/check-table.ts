import { describe, expect, it } from 'vitest';
import type { VetoCode } from '../../../../functions/src/domain/risk/veto-code.ts';
import { isDocumentedPath } from '../../docs/documented-path.ts';
import { verdictOf } from './scenario.ts';
import type { Scenario } from './scenario.ts';

/** `null` passes; otherwise observed, limit and the path of the limit. */
export type Expected = null | readonly [observed: string | null, limit: string | null, configPath: string];
export type Row = readonly [title: string, scenario: Scenario, expected: Expected];

/** One table for one check. Other checks may refuse a scenario too; only this code is looked at. */
export function checkTable(code: VetoCode, unit: string, rows: readonly Row[]): void {
  describe(`the check ${code}`, () => {
    it.each(rows)('%s', (_title, scenario, expected) => {
      const found = verdictOf(scenario).vetoes.filter((veto) => veto.code === code);
      const wanted = expected === null ? [] : [{ code, unit, observed: expected[0], limit: expected[1], configPath: expected[2] }];
      expect(found).toEqual(wanted);
      expect(found.filter(({ configPath }) => !isDocumentedPath(code, configPath))).toEqual([]);
    });
  });
}
