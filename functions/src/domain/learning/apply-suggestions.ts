/**
 * Which suggestions reach the router, and how far (ancestor 8.6). All gates of a symbol must be open; each change is one
 * bounded step, all changes together stay within a bound, and time has to pass between two of them. What was applied is
 * stored, so steps add up until they change what the router does.
 */
import type { IntelConfig } from '../../schema/config/intel-config.ts';
import type { RiskMode } from '../../schema/records/risk-allocation.ts';
import type { AppliedTuning, RouterApplied } from '../../schema/records/router-applied.ts';
import type { RouterSuggestion, RouterSuggestions } from '../../schema/records/router-suggestions.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { clamp } from './clamp.ts';
import { learningDayId } from './learning-days.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const SHIFT_PLACES = 9;

export interface ApplyInput {
  readonly before: RouterApplied | null;
  readonly suggestions: RouterSuggestions;
  /** Of the allocator; `cautious` where its record is missing, stale or corrupt. */
  readonly riskMode: RiskMode;
  readonly intel: IntelConfig;
  readonly asOf: EpochMs;
}

/** A symbol that has left the allow-list loses what was applied to it. */
export function applySuggestions({ before, suggestions, riskMode, intel, asOf }: ApplyInput): RouterApplied {
  const symbols: Record<string, AppliedTuning> = {};
  const refusals: Record<string, string> = {};
  const stepped: string[] = [];
  for (const symbol of intel.apply.symbols.toSorted()) {
    const tuning = before?.symbols[symbol] ?? null;
    const step = stepOf(suggestions.symbols[symbol] ?? null, tuning, riskMode, intel, asOf);
    if (step.kind === 'stepped') stepped.push(symbol);
    else refusals[symbol] = step.why;
    const after = step.kind === 'stepped' ? step.tuning : tuning;
    if (after !== null) symbols[symbol] = after;
  }
  return {
    summary: stepped.length === 0 ? `${Object.keys(symbols).length} symbols tuned, nothing changed` : `changed: ${stepped.join(', ')}`,
    symbols,
    refusals,
    computedAt: asOf,
    validUntilAt: asOf + intel.maxAgeMinutes * MINUTE_MS,
  };
}

type Step = { readonly kind: 'stepped'; readonly tuning: AppliedTuning } | { readonly kind: 'refused'; readonly why: string };

function stepOf(suggestion: RouterSuggestion | null, tuning: AppliedTuning | null, riskMode: RiskMode, intel: IntelConfig, asOf: EpochMs): Step {
  const why = refusalOf(suggestion, riskMode) ?? tooSoon(tuning, intel.apply, asOf);
  if (why !== null || suggestion === null) return { kind: 'refused', why: why ?? 'no suggestion' };
  const moved = movedBy(suggestion, tuning, riskMode, intel);
  const was = tuning ?? { biasShift: 0, offsetShiftBps: 0, makerFirst: null };
  if (moved.biasShift === was.biasShift && moved.offsetShiftBps === was.offsetShiftBps && moved.makerFirst === was.makerFirst) {
    return { kind: 'refused', why: 'nothing to change within the bounds' };
  }
  const day = learningDayId(asOf);
  const stepsOnDay = (tuning !== null && tuning.day === day ? tuning.stepsOnDay : 0) + 1;
  return { kind: 'stepped', tuning: { ...moved, samples: suggestion.samples, lastStepAt: asOf, day, stepsOnDay, reason: suggestion.rationale.join('; ') } };
}

function refusalOf(suggestion: RouterSuggestion | null, riskMode: RiskMode): string | null {
  if (suggestion === null) return 'no suggestion';
  if (suggestion.isWarmup) return `warming up: ${suggestion.warmupReason}`;
  if (riskMode === 'defensive') return 'risk mode is defensive';
  return suggestion.quality === 'good' || suggestion.quality === 'ok' ? null : `quality of routes is ${suggestion.quality}`;
}

function tooSoon(tuning: AppliedTuning | null, { minGapHours, maxStepsPerDay }: IntelConfig['apply'], asOf: EpochMs): string | null {
  if (tuning === null) return null;
  if (asOf < tuning.lastStepAt + minGapHours * HOUR_MS) return `less than ${minGapHours} hours since the last change`;
  return tuning.day === learningDayId(asOf) && tuning.stepsOnDay >= maxStepsPerDay ? `${maxStepsPerDay} changes today already` : null;
}

function movedBy({ current, proposed }: RouterSuggestion, tuning: AppliedTuning | null, riskMode: RiskMode, { autotune, apply }: IntelConfig): Pick<AppliedTuning, 'biasShift' | 'offsetShiftBps' | 'makerFirst'> {
  const { biasShift, offsetShiftBps, makerFirst } = tuning ?? { biasShift: 0, offsetShiftBps: 0, makerFirst: null };
  const flips = proposed.makerFirst !== current.makerFirst && apply.allowMakerFlip && riskMode === 'normal';
  return {
    biasShift: shiftOf(biasShift + stepTo(proposed.bias - current.bias, autotune.biasStep), apply.maxBiasShift),
    offsetShiftBps: shiftOf(offsetShiftBps + stepTo(proposed.offsetBps - current.offsetBps, autotune.offsetStepBps), apply.maxOffsetShiftBps),
    makerFirst: flips ? proposed.makerFirst : apply.allowMakerFlip ? makerFirst : null,
  };
}

const stepTo = (distance: number, most: number): number => clamp(distance, -most, most);

/** Bounded, and free of the dust that sums of floats leave. */
const shiftOf = (shift: number, most: number): number => Number(clamp(shift, -most, most).toFixed(SHIFT_PLACES));
