import type { VetoRecord } from '../schema/records/verdict.ts';
import { left, right, tableLines } from './table.ts';

/** The whole stack, in the order in which the checks ran. A check without a number shows a dash. */
export function vetoLines(vetoes: readonly VetoRecord[]): readonly string[] {
  if (vetoes.length === 0) return [];
  return tableLines(
    [left('veto'), right('observed'), right('limit'), left('unit'), left('set in')],
    vetoes.map(({ code, observed, limit, unit, configPath }) => [code, observed ?? '-', limit ?? '-', unit, configPath]),
  );
}
