/**
 * Follows an approved intent to its end: looks its order up, books fills, cancels what has rested long enough, arms
 * the next attempt, settles. It decides from records alone, so any run may take over from any other at any point.
 */
import { claimEntry } from '../../domain/intent/lease.ts';
import type { Claim } from '../../domain/intent/lease.ts';
import { decimal, isPositive } from '../../domain/money/decimal.ts';
import { nextAction } from '../../domain/order/next-action.ts';
import type { NextAction, Progress } from '../../domain/order/next-action.ts';
import type { WakeUp } from '../../ports/bus.ts';
import { INTENTS } from '../../schema/records/intent.ts';
import { ORDERS } from '../../schema/records/order.ts';
import { OUTBOX } from '../../schema/records/outbox-entry.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { armNext } from './arm-next.ts';
import { bookFills } from './book-fills.ts';
import { cancelOrder } from './cancel-order.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { LeaseLostError } from './fenced.ts';
import type { Held } from './fenced.ts';
import type { Followed, Following, Settlement } from './following.ts';
import { following } from './following.ts';
import { giveBack } from './give-back.ts';
import { lookUp } from './look-up.ts';
import { protect } from '../exits/protect.ts';
import { settle } from './settle.ts';

export async function confirm(deps: EngineDeps, wakeUp: WakeUp): Promise<void> {
  const claimed = await deps.step('confirm.claim', () => claimIntent(deps, wakeUp.intentId));
  switch (claimed.kind) {
    case 'nothing':
      return deps.log.nothingToDo(wakeUp.intentId, claimed.why);
    case 'busy':
      return deps.log.intentBusy(wakeUp.intentId, claimed.holder);
    case 'claimed':
      return follow(deps, { intentId: wakeUp.intentId, claim: claimed.claim }, claimed.following);
  }
}

type ClaimedIntent =
  | { readonly kind: 'claimed'; readonly claim: Claim; readonly following: Following }
  | { readonly kind: 'busy'; readonly holder: string }
  | { readonly kind: 'nothing'; readonly why: string };

function claimIntent(deps: EngineDeps, intentId: string): Promise<ClaimedIntent> {
  return deps.store.transact(async (tx): Promise<ClaimedIntent> => {
    const { entry, intent } = await tx.get({
      entry: { collection: OUTBOX, id: intentId },
      intent: { collection: INTENTS, id: intentId },
    });
    if (entry === null || intent === null) return { kind: 'nothing', why: 'no such intent' };
    if (intent.clientOrderId === null) return { kind: 'nothing', why: `the intent is ${intent.status} and has no order` };
    const { order } = await tx.get({ order: { collection: ORDERS, id: intent.clientOrderId } });
    if (order === null) throw new Error(`intent ${intentId} names order ${intent.clientOrderId}, which does not exist`);
    const result = claimEntry(entry, deps.runId, deps.clock.now(), deps.config.runtime.leaseSeconds * 1000);
    if (result.kind === 'done') return { kind: 'nothing', why: 'the intent has ended' };
    if (result.kind === 'busy') return { kind: 'busy', holder: result.holder };
    tx.set(OUTBOX, intentId, result.entry);
    return { kind: 'claimed', claim: result.claim, following: { intent, order } };
  });
}

async function follow(deps: EngineDeps, held: Held, start: Following): Promise<void> {
  let state = start;
  let progress: Progress = { lookedUpAt: null, bookedAt: null };
  const stopAt = stopTime(deps, held.claim);
  try {
    for (;;) {
      const now = deps.clock.now();
      const action = nextAction(state.intent, state.order, progress, now, deps.routing);
      if (action.kind === 'settle') return await finish(deps, held, state, action);
      const resumeAt = action.kind === 'wait' ? action.untilAt : now;
      if (resumeAt > stopAt) return await giveBack(deps, held, resumeAt);
      progress = noted(progress, action, now);
      const result = await perform(deps, held, state, action);
      if (result.kind === 'ending') return await finish(deps, held, state, result.settlement);
      state = result.state;
    }
  } catch (error) {
    if (!(error instanceof LeaseLostError)) throw error;
    deps.log.leaseLost(held.intentId, state.order.clientOrderId);
  }
}

/** What has filled moves the stops at once; a failure there is sync's to repair, not a reason to settle twice. */
async function finish(deps: EngineDeps, held: Held, state: Following, settlement: Settlement): Promise<void> {
  await settle(deps, held, state, settlement);
  if (isPositive(decimal(state.intent.executedQty))) await protect(deps);
}

/** Leaves time for one more venue call and its record before the lease could go to somebody else. */
function stopTime(deps: EngineDeps, claim: Claim): EpochMs {
  const budget = deps.clock.now() + deps.config.router.confirmBudgetSeconds * 1000;
  return Math.min(budget, claim.expiresAt - 2 * deps.config.runtime.deadlineMs);
}

function noted(progress: Progress, action: NextAction, now: EpochMs): Progress {
  switch (action.kind) {
    case 'lookUp':
      return { ...progress, lookedUpAt: now };
    case 'bookFills':
      return { ...progress, bookedAt: now };
    case 'arm':
      return { lookedUpAt: now, bookedAt: null };
    case 'cancel':
      // Whatever the venue answers, what filled in between is worth an immediate look.
      return { ...progress, lookedUpAt: null };
    case 'wait':
    case 'settle':
      return progress;
  }
}

async function perform(deps: EngineDeps, held: Held, state: Following, action: Exclude<NextAction, { kind: 'settle' }>): Promise<Followed> {
  switch (action.kind) {
    case 'wait':
      await deps.clock.sleep(action.untilAt - deps.clock.now());
      return following(state);
    case 'lookUp':
      return following(await lookUp(deps, held, state));
    case 'bookFills':
      return following(await bookFills(deps, held, state));
    case 'cancel':
      return following(await cancelOrder(deps, held, state));
    case 'arm':
      return armNext(deps, held, state, action);
  }
}
