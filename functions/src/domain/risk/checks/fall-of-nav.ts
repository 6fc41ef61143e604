import type { Decimal } from '../../money/decimal.ts';
import type { ExactLimit } from '../limits.ts';
import type { KnownNav } from '../nav-reading.ts';
import type { Veto } from '../veto.ts';
import { veto } from '../veto.ts';
import type { VetoCode } from '../veto-code.ts';
import { pctOf } from './share-of.ts';

/** Refuses once NAV has fallen from an earlier mark by the limit, whatever was paid in without a row; a fall equal to it refuses. */
export function fallOfNav(code: VetoCode, fromUsd: Decimal, { explainedUsd }: KnownNav, limit: ExactLimit): Veto | null {
  const fall = fromUsd.minus(explainedUsd);
  if (fall.lt(fromUsd.times(limit.value))) return null;
  return veto(code, pctOf(fall, fromUsd, 'up'), limit.text, limit.configPath);
}
