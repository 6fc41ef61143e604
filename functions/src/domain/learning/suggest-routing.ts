/** What a symbol's record suggests to the router: one bounded step of bias and offset, with its reasons (ancestor 8.5). */
import type { IntelConfig } from '../../schema/config/intel-config.ts';
import type { RouterMetrics } from '../../schema/records/router-health.ts';
import type { RouterSetting } from '../../schema/records/router-suggestions.ts';
import { clamp } from './clamp.ts';
import { takerBiasOf } from './taker-bias.ts';

export interface TuningEvidence {
  readonly metrics: Pick<RouterMetrics, 'quality' | 'regime' | 'fallbackRatio'>;
  /** Null while it is not known or warming up. */
  readonly expectancyBps: number | null;
  readonly hitRate: number | null;
  readonly score: number | null;
}

export interface Suggestion {
  readonly proposed: RouterSetting;
  readonly rationale: readonly string[];
}

interface Signal {
  readonly bias: number;
  readonly offset: number;
  readonly because: string;
}

/** Fallbacks, as a share of maker starts, from which starting maker is not worth it. */
const HOPELESS_FALLBACK = 0.6;

export function suggestRouting(current: RouterSetting, evidence: TuningEvidence, bounds: IntelConfig['autotune']): Suggestion {
  const strength = strengthOf(evidence);
  const signals = [...routeSignals(evidence), ...strengthSignals(strength)];
  const sum = (pick: (signal: Signal) => number): number => clamp(signals.reduce((total, signal) => total + pick(signal), 0), -1, 1);
  const bias = clamp(current.bias + sum((signal) => signal.bias) * bounds.biasStep, bounds.minBias, bounds.maxBias);
  const offsetBps = clamp(current.offsetBps + sum((signal) => signal.offset) * bounds.offsetStepBps, bounds.minOffsetBps, bounds.maxOffsetBps);
  const makerFirst = makerFirstOf(current.makerFirst, evidence, strength);
  const proposed = { bias, takerBias: takerBiasOf(bias), offsetBps, makerFirst };
  const flip = makerFirst === current.makerFirst ? [] : [`post-only starts ${makerFirst ? 'on' : 'off'}`];
  const rationale = [...signals.map(({ because }) => because), ...flip];
  return { proposed, rationale: rationale.length === 0 ? ['nothing speaks for a change'] : rationale };
}

/** Thresholds in basis points of notional, where the ancestor's were dollars. */
function strengthOf({ expectancyBps, hitRate, score }: TuningEvidence): number {
  return byExpectancy(expectancyBps) + byThreshold(hitRate, 0.65, 0.45, 0.25) + byThreshold(score, 0.7, 0.3, 0.75);
}

function byExpectancy(bps: number | null): number {
  if (bps === null) return 0;
  if (bps >= 5) return 1.5;
  if (bps >= 1) return 0.75;
  if (bps <= -3) return -1.5;
  return bps <= -1 ? -0.75 : 0;
}

function byThreshold(value: number | null, high: number, low: number, weight: number): number {
  if (value === null) return 0;
  if (value >= high) return weight;
  return value <= low ? -weight : 0;
}

function routeSignals({ metrics: { quality, regime } }: TuningEvidence): readonly Signal[] {
  const signals: Signal[] = [];
  if (quality === 'broken' || regime === 'broken') signals.push({ bias: 1, offset: 1, because: 'routes are broken' });
  else if (quality === 'degraded') signals.push({ bias: 0.5, offset: 0.5, because: 'routes are degraded' });
  if (regime === 'fallback_heavy') signals.push({ bias: 0.75, offset: 0.5, because: 'many maker starts fall back to taker' });
  if (regime === 'slippage_hot') signals.push({ bias: 0.5, offset: 0.75, because: 'slippage is high' });
  if (regime === 'maker_strong') signals.push({ bias: -0.75, offset: -0.5, because: 'maker orders fill' });
  return signals;
}

function strengthSignals(strength: number): readonly Signal[] {
  if (strength >= 1.5) return [{ bias: -1, offset: -0.5, because: 'results are strong' }];
  if (strength >= 0.5) return [{ bias: -0.5, offset: 0, because: 'results are good' }];
  if (strength <= -1.5) return [{ bias: 1, offset: 0.5, because: 'results are bad' }];
  return strength <= -0.5 ? [{ bias: 0.5, offset: 0, because: 'results are weak' }] : [];
}

function makerFirstOf(current: boolean, { metrics, expectancyBps }: TuningEvidence, strength: number): boolean {
  const { quality, regime, fallbackRatio } = metrics;
  if (quality === 'broken' || regime === 'broken') return false;
  if (regime === 'fallback_heavy' && fallbackRatio !== null && fallbackRatio >= HOPELESS_FALLBACK && expectancyBps === null) return false;
  return current || (regime === 'maker_strong' && strength >= 0.5);
}
