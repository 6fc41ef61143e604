import type { Decimal } from '../../money/decimal.ts';
import type { ExactLimit } from '../limits.ts';
import type { KnownNav } from '../nav-reading.ts';
import type { Veto } from '../veto.ts';
import { veto } from '../veto.ts';
import type { VetoCode } from '../veto-code.ts';
import { pctOf } from './share-of.ts';

/** Refuses an amount above a share of NAV; an amount equal to it passes. */
export function capOfNav(code: VetoCode, amountUsd: Decimal, { navUsd }: KnownNav, limit: ExactLimit): Veto | null {
  if (!amountUsd.gt(navUsd.times(limit.value))) return null;
  return veto(code, pctOf(amountUsd, navUsd, 'up'), limit.text, limit.configPath);
}
