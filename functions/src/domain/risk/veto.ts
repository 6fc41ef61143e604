import { VETO_DEFINITIONS } from './veto-code.ts';
import type { VetoCode, VetoUnit } from './veto-code.ts';

/** One check that said no, in the shape of `vetoRecord`. `observed` and `limit` are null where there is no number. */
export interface Veto {
  readonly code: VetoCode;
  readonly observed: string | null;
  readonly limit: string | null;
  readonly unit: VetoUnit;
  /** Where the limit stands, such as `risk.json:maxTradeNavPct`, or the record that made the refusal. */
  readonly configPath: string;
}

const UNIT_OF: ReadonlyMap<VetoCode, VetoUnit> = new Map(VETO_DEFINITIONS.map(({ code, unit }) => [code, unit]));

export function veto(code: VetoCode, observed: string | null, limit: string | null, configPath: string): Veto {
  const unit = UNIT_OF.get(code);
  if (unit === undefined) throw new RangeError(`veto code ${code} is not in VETO_DEFINITIONS`);
  return { code, observed, limit, unit, configPath };
}
