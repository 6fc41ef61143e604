/**
 * What to do next for an approved intent, from its records alone. Pure, so that any worker at any time, after any
 * crash, comes to the same answer.
 *
 * 1. No new attempt while the present one is not terminal with all its executed quantity booked.
 * 2. An order whose fate is unknown is looked up, never resent.
 * 3. An exit has to get out for as long as it lives: what never reached the venue is no attempt of it, and a refusal that may
 *    pass is met with another one.
 * 4. Slices go in order, each not before its time; a slice that has been late holds the later ones up, nothing is skipped.
 */
import type { Decimal } from '../money/decimal.ts';
import { decimal, isPositive } from '../money/decimal.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';
import type { OrderRecord } from '../../schema/records/order.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { isExiting } from '../intent/is-exiting.ts';
import { isTerminal } from './order-transitions.ts';
import { approvedPolicy } from '../routing/approved-policy.ts';
import { isWorthSending, sliceCount, sliceDueAt } from '../routing/slices.ts';
import { firstLeg } from './leg.ts';
import type { Leg } from './leg.ts';
import type { RejectCode } from './venue-order.ts';
import type { RoutingRules } from './routing-rules.ts';

export type NextAction =
  | { readonly kind: 'lookUp' }
  | { readonly kind: 'bookFills' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'wait'; readonly untilAt: EpochMs }
  | { readonly kind: 'arm'; readonly leg: Leg; readonly slice: number }
  | { readonly kind: 'settle'; readonly status: 'settled' | 'expired' | 'failed'; readonly reason: string };

/** What this worker has already asked in its present run; a fresh worker has asked nothing. */
export interface Progress {
  readonly lookedUpAt: EpochMs | null;
  readonly bookedAt: EpochMs | null;
}

/** Of an exit that cannot get through: its record lists all of them. */
const MOST_ATTEMPTS = 100;

export function nextAction(
  intent: IntentRecord,
  order: OrderRecord,
  progress: Progress,
  now: EpochMs,
  rules: RoutingRules,
): NextAction {
  // Before booking: trades that cannot be read must not keep an order resting beyond its time.
  if (order.status === 'working' && cancelIsDue(intent, order, now, rules)) return { kind: 'cancel' };
  if (decimal(order.executedQty).gt(order.bookedQty)) return paced('bookFills', progress.bookedAt, now, rules);
  if (isTerminal(order.status)) return afterAttempt(intent, order, now, rules);
  return paced('lookUp', progress.lookedUpAt, now, rules, order);
}

/** At once the first time, then every poll interval; a resting maker is looked at when its time is up, not later. */
function paced(
  kind: 'lookUp' | 'bookFills',
  lastAt: EpochMs | null,
  now: EpochMs,
  rules: RoutingRules,
  order?: OrderRecord,
): NextAction {
  if (lastAt === null || now >= lastAt + rules.pollMs) return { kind };
  const untilAt = lastAt + rules.pollMs;
  const restUntilAt = order?.restUntilAt ?? null;
  return { kind: 'wait', untilAt: restUntilAt !== null && restUntilAt > now ? Math.min(untilAt, restUntilAt) : untilAt };
}

function cancelIsDue(intent: IntentRecord, order: OrderRecord, now: EpochMs, rules: RoutingRules): boolean {
  const isRested = order.restUntilAt !== null && (intent.isUrgent || now >= order.restUntilAt);
  const due = isRested || now >= intent.expiresAt;
  return due && (order.cancelRequestedAt === null || now >= order.cancelRequestedAt + rules.pollMs);
}

function afterAttempt(intent: IntentRecord, order: OrderRecord, now: EpochMs, rules: RoutingRules): NextAction {
  if (!isPositive(remainingQty(intent))) return { kind: 'settle', status: 'settled', reason: 'filled' };
  const onward = onwardFrom(intent, order, now, rules);
  if (onward.kind === 'settle') return onward;
  if (now >= intent.expiresAt) return ended(intent, 'expired', 'intent expired');
  const dueAt = Math.max(onward.dueAt, order.retryAfterAt ?? onward.dueAt);
  if (now < dueAt) return { kind: 'wait', untilAt: Math.min(dueAt, intent.expiresAt) };
  return { kind: 'arm', leg: onward.leg, slice: onward.slice };
}

type Onward =
  | { readonly kind: 'attempt'; readonly leg: Leg; readonly slice: number; readonly dueAt: EpochMs }
  | Extract<NextAction, { kind: 'settle' }>;

/** Further within the slice, or on to the next one, or to the end. */
function onwardFrom(intent: IntentRecord, order: OrderRecord, now: EpochMs, rules: RoutingRules): Onward {
  const { slice } = order;
  const leg = nextLeg(intent, order, now, rules);
  const exhausted = attemptsWithin(intent, order) >= rules.maxAttempts || intent.attempts >= MOST_ATTEMPTS;
  if (leg !== null && !exhausted && isWorthSending(intent, slice)) return { kind: 'attempt', leg, slice, dueAt: repeatDueAt(intent, order, now, rules) };
  // What the venue refuses or somebody else cancels they would again; a slice that merely found no price is over.
  const given = leg === null && (order.status === 'rejected' || order.status === 'canceled');
  if (slice < sliceCount(intent) && !given) {
    return { kind: 'attempt', leg: firstLeg(intent, rules), slice: slice + 1, dueAt: sliceDueAt(intent, slice + 1) };
  }
  if (leg !== null) return ended(intent, 'expired', 'attempts exhausted');
  return ended(intent, order.status === 'rejected' ? 'failed' : 'expired', order.statusReason ?? order.status);
}

/** The present one included. Of an exit those alone that the venue has seen. */
function attemptsWithin(intent: IntentRecord, order: OrderRecord): number {
  const within = intent.attempts - intent.endedAttempts.filter((attempt) => attempt.slice < order.slice).length;
  if (!isExiting(intent)) return within;
  return within - [...intent.endedAttempts.filter((attempt) => attempt.slice === order.slice), order].filter(({ status }) => status === 'absent').length;
}

/** A venue that has refused an exit, or has long taken none of its attempts, is given a moment. */
function repeatDueAt(intent: IntentRecord, order: OrderRecord, now: EpochMs, rules: RoutingRules): EpochMs {
  const isRefused = order.leg === 'taker' && order.status === 'rejected' && !isRefusedAsTooLarge(order);
  const isLong = order.status === 'absent' && intent.attempts >= rules.maxAttempts;
  return isRefused || isLong ? (order.terminalAt ?? now) + rules.pollMs : now;
}

/** Part of it filled is a settled intent; none of it is what `status` says. */
export function ended(intent: IntentRecord, status: 'expired' | 'failed', reason: string): Extract<NextAction, { kind: 'settle' }> {
  return { kind: 'settle', status: isPositive(decimal(intent.executedQty)) ? 'settled' : status, reason };
}

export function remainingQty(intent: IntentRecord): Decimal {
  return decimal(intent.qty).minus(intent.executedQty);
}

/** Null when no further attempt makes sense. */
function nextLeg(intent: IntentRecord, order: OrderRecord, now: EpochMs, rules: RoutingRules): Leg | null {
  const exiting = isExiting(intent);
  switch (order.status) {
    case 'absent':
      return order.leg;
    case 'canceled':
      // A cancelled taker can only have been cancelled by somebody else: do not fight them.
      return order.leg === 'maker' ? afterRest(intent, order, now, rules) : null;
    case 'expired':
      return order.leg === 'maker' ? requoteOrTake(intent, order, rules) : exiting ? 'taker' : null;
    case 'rejected':
      // Less is free to close than was asked for: what blocks it is cleared away, and it is tried once more.
      if (exiting && isRefusedAsTooLarge(order)) return intent.endedAttempts.some(isRefusedAsTooLarge) ? null : 'taker';
      if (order.leg !== 'maker') return exiting && mayPass(order) ? 'taker' : null;
      if (order.statusReason?.startsWith('wouldTake') === true) return requoteOrTake(intent, order, rules);
      // Whatever kept an exit from resting, it has to get out.
      return exiting ? 'taker' : null;
    case 'filled':
      return exiting ? 'taker' : null;
    case 'armed':
    case 'ambiguous':
    case 'working':
      return null;
  }
}

/** The venue refused a reducing order as larger than what is held and not yet claimed by other resting orders. */
export function isRefusedAsTooLarge({ status, statusReason }: Pick<OrderRecord, 'status' | 'statusReason'>): boolean {
  return status === 'rejected' && statusReason?.startsWith('reduceRejected') === true;
}

const PASSING: readonly RejectCode[] = ['filter', 'symbolNotTrading', 'insufficientMargin', 'tooManyOrders', 'positionModeMismatch', 'auth', 'permission'];

/** A price band that the mark has yet to follow, a firewall, a key or a mode that was read too early: another order may go through. */
function mayPass({ statusReason }: OrderRecord): boolean {
  return PASSING.some((code) => statusReason?.startsWith(`${code}:`) === true);
}

/** Has rested long enough: taken, unless makers do well here and there is time for another rest and a taker after it. */
function afterRest(intent: IntentRecord, order: OrderRecord, now: EpochMs, rules: RoutingRules): Leg {
  const hasTime = now + rules.makerRestMs + rules.pollMs < intent.expiresAt;
  return approvedPolicy(intent).takerBias === 'prefer_maker' && hasTime ? requoteOrTake(intent, order, rules) : 'taker';
}

/** Maker attempts of the slice before the present one, not counting those that never reached the venue, are its requotes so far. */
function requoteOrTake(intent: IntentRecord, { slice }: OrderRecord, rules: RoutingRules): Leg {
  const requotes = intent.endedAttempts.filter((attempt) => attempt.slice === slice && attempt.leg === 'maker' && attempt.status !== 'absent').length;
  return requotes < rules.maxRequotes ? 'maker' : 'taker';
}
