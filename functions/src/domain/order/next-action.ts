/**
 * What to do next for an approved intent, from its records alone. Pure, so that any worker at any time, after any
 * crash, comes to the same answer.
 *
 * 1. No new attempt while the present one is not terminal with all its executed quantity booked.
 * 2. An order whose fate is unknown is looked up, never resent.
 */
import type { Decimal } from '../money/decimal.ts';
import { decimal, isPositive } from '../money/decimal.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';
import type { OrderRecord } from '../../schema/records/order.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { isTerminal } from './order-transitions.ts';
import type { RoutingRules } from './routing-rules.ts';

export type Leg = 'maker' | 'taker';

export type NextAction =
  | { readonly kind: 'lookUp' }
  | { readonly kind: 'bookFills' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'wait'; readonly untilAt: EpochMs }
  | { readonly kind: 'arm'; readonly leg: Leg }
  | { readonly kind: 'settle'; readonly status: 'settled' | 'expired' | 'failed'; readonly reason: string };

/** What this worker has already asked in its present run; a fresh worker has asked nothing. */
export interface Progress {
  readonly lookedUpAt: EpochMs | null;
  readonly bookedAt: EpochMs | null;
}

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
  const due = now >= intent.expiresAt || (order.restUntilAt !== null && now >= order.restUntilAt);
  return due && (order.cancelRequestedAt === null || now >= order.cancelRequestedAt + rules.pollMs);
}

function afterAttempt(intent: IntentRecord, order: OrderRecord, now: EpochMs, rules: RoutingRules): NextAction {
  const remaining = remainingQty(intent);
  if (!isPositive(remaining)) return { kind: 'settle', status: 'settled', reason: 'filled' };
  const leg = nextLeg(intent, order, rules);
  if (leg === null) return ended(intent, order.status === 'rejected' ? 'failed' : 'expired', order.statusReason ?? order.status);
  if (now >= intent.expiresAt) return ended(intent, 'expired', 'intent expired');
  if (order.retryAfterAt !== null && now < order.retryAfterAt) return { kind: 'wait', untilAt: order.retryAfterAt };
  if (intent.attempts >= rules.maxAttempts) return ended(intent, 'expired', 'attempts exhausted');
  return { kind: 'arm', leg };
}

/** Part of it filled is a settled intent; none of it is what `status` says. */
export function ended(intent: IntentRecord, status: 'expired' | 'failed', reason: string): Extract<NextAction, { kind: 'settle' }> {
  return { kind: 'settle', status: isPositive(decimal(intent.executedQty)) ? 'settled' : status, reason };
}

export function remainingQty(intent: IntentRecord): Decimal {
  return decimal(intent.qty).minus(intent.executedQty);
}

/** Null when no further attempt makes sense. */
function nextLeg(intent: IntentRecord, order: OrderRecord, rules: RoutingRules): Leg | null {
  const exiting = intent.purpose === 'reduce' || intent.purpose === 'close';
  switch (order.status) {
    case 'absent':
      return order.leg;
    case 'canceled':
      // A cancelled taker can only have been cancelled by somebody else: do not fight them.
      return order.leg === 'maker' ? 'taker' : null;
    case 'expired':
      return order.leg === 'maker' ? requoteOrTake(intent, rules) : exiting ? 'taker' : null;
    case 'rejected':
      // Less is free to close than was asked for: what blocks it is cleared away, and it is tried once more.
      if (exiting && isRefusedAsTooLarge(order)) return intent.endedAttempts.some(isRefusedAsTooLarge) ? null : 'taker';
      if (order.leg !== 'maker') return null;
      if (order.statusReason?.startsWith('wouldTake') === true) return requoteOrTake(intent, rules);
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

/** Maker attempts before the present one, not counting those that never reached the venue, are its requotes so far. */
function requoteOrTake(intent: IntentRecord, rules: RoutingRules): Leg {
  const requotes = intent.endedAttempts.filter((attempt) => attempt.leg === 'maker' && attempt.status !== 'absent').length;
  return requotes < rules.maxRequotes ? 'maker' : 'taker';
}
