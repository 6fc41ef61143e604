/** `intel.json`: what the engine learns from its own trades, and how far that may reach. */
import { z } from 'zod';
import { symbolText } from '../scalars.ts';
import { bps, count, days, hours, minutes, pct, plain } from './quantities.ts';

const sizeFactor = z.strictObject({
  min: plain(0.05, 1, 'Share of its suggested size to which a badly scored symbol may shrink an order').default(0.5),
  max: plain(1, 2, 'Multiple of its suggested size to which a well scored symbol may grow an order; every cap still holds').default(1),
});

const autotune = z.strictObject({
  minBias: plain(0, 1, 'Least taker bias that may be suggested; 0 is all maker').default(0),
  maxBias: plain(0, 1, 'Greatest taker bias that may be suggested; 1 is all taker').default(1),
  biasStep: plain(0.01, 0.25, 'Most that one suggestion moves the taker bias').default(0.05),
  minOffsetBps: bps(0.5, 50, 'Least distance behind the best price that may be suggested').default(0.5),
  maxOffsetBps: bps(0.5, 50, 'Greatest distance behind the best price that may be suggested').default(8),
  offsetStepBps: bps(0.25, 3, 'Most that one suggestion moves that distance').default(1),
});

const apply = z.strictObject({
  symbols: z.array(symbolText).describe('Symbols whose suggestions are applied; an empty list is nobody').default([]),
  minGapHours: hours(1, 720, 'Time between two changes of a symbol').default(6),
  maxStepsPerDay: count(1, 24, 'Changes of a symbol in one UTC day').default(2),
  maxBiasShift: plain(0, 0.5, "Most that all changes together move a symbol's taker bias from the router's own policy").default(0.25),
  maxOffsetShiftBps: bps(0, 10, "Most that all changes together move a symbol's distance from the router's own policy").default(2),
  allowMakerFlip: z.boolean('true or false').describe('Whether a change may switch post-only starts off and on again: true or false').default(false),
});

const allocator = z.strictObject({
  cautiousDrawdownPct: pct(0.1, 100, 'Drawdown of NAV from which the risk mode is cautious').default(5),
  defensiveDrawdownPct: pct(0.1, 100, 'Drawdown of NAV from which the risk mode is defensive').default(10),
  minSizeFactor: plain(0.05, 1, 'Share of its suggested size to which the allocator may shrink an order').default(0.5),
});

export const intelConfig = z.strictObject({
  minSamples: count(1, 1_000_000, 'Trades below which a statistic is a warm-up and changes nothing').default(200),
  lookbackDays: days(1, 90, 'Whole days of trades before today that are learned from').default(30),
  maxAgeMinutes: minutes(2, 1440, 'Age above which what was learned changes nothing more').default(45),
  sizeFactor: sizeFactor.describe('What a symbol score may do to a size, while INTEL_ENABLED is on').prefault({}),
  autotune: autotune.describe('Bounds of what is suggested to the router, while ROUTER_AUTOTUNE_ENABLED is on').prefault({}),
  apply: apply.describe('What of it is applied, while ROUTER_AUTOTUNE_APPLY_ENABLED is on').prefault({}),
  allocator: allocator.describe('What results and drawdown may do to a size, while FEEDBACK_ALLOCATOR_ENABLED is on').prefault({}),
});
export type IntelConfig = z.infer<typeof intelConfig>;
