/**
 * A stop that follows the best mark price since the entry. It only ever tightens: up for a long, down for a short. Where it
 * stands follows from the position, config, the best price and the stop that rests, so that any restart rebuilds it.
 */
import { decimal, max, min } from '../money/decimal.ts';
import type { Decimal } from '../money/decimal.ts';
import type { TrailingRules } from '../../schema/config/strategies-config.ts';
import type { OpenExposure } from '../../schema/records/risk-state.ts';
import type { PositionSide } from '../../schema/scalars.ts';

/** What is known of the stop so far; null where nothing is. */
export interface Trail {
  /** Best mark price recorded. */
  readonly bestPrice: Decimal | null;
  /** Trigger of the stop that this very position has at the venue, or last had. */
  readonly trigger: Decimal | null;
}

export const NO_TRAIL: Trail = { bestPrice: null, trigger: null };

/** The more favourable of the recorded best and the present mark. */
export function bestPriceOf({ positionSide, markPrice }: OpenExposure, { bestPrice }: Trail): Decimal {
  const mark = decimal(markPrice);
  if (bestPrice === null) return mark;
  return positionSide === 'long' ? max(bestPrice, mark) : min(bestPrice, mark);
}

/**
 * Best price × (1 ∓ distance) once the best price × (1 ± activation) of the entry has been reached, else the fixed level; but
 * never looser than the stop that is there, and that one itself until the new place is a whole step tighter. Not yet rounded.
 */
export function trailedTrigger(exposure: OpenExposure, fixed: Decimal | null, rules: TrailingRules, trail: Trail): Decimal | null {
  const { positionSide } = exposure;
  const best = bestPriceOf(exposure, trail);
  const activation = moved(decimal(exposure.averageEntryPrice), rules.activationPct, positionSide === 'long');
  const isActive = positionSide === 'long' ? best.gte(activation) : best.lte(activation);
  const following = isActive ? moved(best, rules.distancePct, positionSide === 'short') : null;
  const wanted = tighter(positionSide, fixed, following);
  const present = trail.trigger;
  if (present === null || wanted === null) return present ?? wanted;
  const nextStep = moved(present, rules.stepPct, positionSide === 'long');
  const isWorthIt = positionSide === 'long' ? wanted.gte(nextStep) : wanted.lte(nextStep);
  return isWorthIt ? wanted : present;
}

/** The price × (1 ± percent / 100). */
export function moved(price: Decimal, pct: number, up: boolean): Decimal {
  const share = price.times(String(pct)).times('0.01');
  return up ? price.plus(share) : price.minus(share);
}

function tighter(side: PositionSide, a: Decimal | null, b: Decimal | null): Decimal | null {
  if (a === null || b === null) return a ?? b;
  return side === 'long' ? max(a, b) : min(a, b);
}
