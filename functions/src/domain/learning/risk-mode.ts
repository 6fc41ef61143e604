/** How much risk the allocator allows, from the real drawdown of NAV (ancestor 8.7). Unknown is cautious, never normal. */
import { decimal, toStatistic } from '../money/decimal.ts';
import type { NavState } from '../../schema/records/nav-state.ts';
import type { RiskAllocation, RiskMode } from '../../schema/records/risk-allocation.ts';
import type { EpochMs } from '../../schema/scalars.ts';

export interface RiskModeRules {
  readonly cautiousDrawdownPct: number;
  readonly defensiveDrawdownPct: number;
  readonly navFreshnessSeconds: number;
}

type RiskModeFinding = Pick<RiskAllocation, 'riskMode' | 'riskModeReason' | 'navUsd' | 'drawdownPct'>;

export function riskModeOf(nav: NavState | null, rules: RiskModeRules, asOf: EpochMs): RiskModeFinding {
  if (nav === null) return unknown('NAV is not known yet');
  if (nav.health !== 'ok') return unknown(`NAV is ${nav.health}`);
  if (Math.abs(asOf - nav.valueAt) > rules.navFreshnessSeconds * 1000) return unknown('NAV is stale');
  const drawdownPct = toStatistic(decimal(nav.drawdownPct));
  const riskMode = modeAt(drawdownPct, rules);
  return { riskMode, riskModeReason: `drawdown is ${drawdownPct} %`, navUsd: nav.navUsd, drawdownPct };
}

const unknown = (why: string): RiskModeFinding => ({ riskMode: 'cautious', riskModeReason: why, navUsd: null, drawdownPct: null });

function modeAt(drawdownPct: number, { cautiousDrawdownPct, defensiveDrawdownPct }: RiskModeRules): RiskMode {
  if (drawdownPct >= defensiveDrawdownPct) return 'defensive';
  return drawdownPct >= cautiousDrawdownPct ? 'cautious' : 'normal';
}
