/**
 * The transaction that sends an intent on its way or ends it: it claims the intent, judges it by the gate, reserves its
 * exposure and arms its first attempt. Gate, reservation and arming cannot come apart.
 */
import { heldNow } from '../../domain/account/held-now.ts';
import { attributionOf } from '../../domain/attribution/attribution-of.ts';
import { armedIntent, withCost } from '../../domain/intent/intent-progress.ts';
import { claimEntry, closed } from '../../domain/intent/lease.ts';
import type { Claim } from '../../domain/intent/lease.ts';
import { afterClose, withoutOwnClose } from '../../domain/exits/flip.ts';
import { fitExit } from '../../domain/exits/fit-exit.ts';
import { isExiting } from '../../domain/intent/is-exiting.ts';
import { buildAttempt, touch } from '../../domain/order/build-attempt.ts';
import { firstLeg } from '../../domain/order/leg.ts';
import { buildGateInput } from '../../domain/risk/build-gate-input.ts';
import { buildSnapshot } from '../../domain/risk/build-snapshot.ts';
import { evaluateGate } from '../../domain/risk/gate.ts';
import type { RiskLimits } from '../../domain/risk/limits.ts';
import { noteAttempt, noteTrade } from '../../domain/risk/risk-windows.ts';
import { reserve } from '../../domain/risk/reservations.ts';
import type { Snapshot } from '../../domain/risk/snapshot.ts';
import { policyFor } from '../../domain/routing/policy-for.ts';
import { slicePlanOf, wantedQty } from '../../domain/routing/slices.ts';
import { takenSince } from '../../domain/screening/entry-filters.ts';
import type { Transaction } from '../../ports/store.ts';
import { ATTRIBUTION } from '../../schema/records/attribution.ts';
import { FLIPS } from '../../schema/records/flip.ts';
import type { FlipRecord } from '../../schema/records/flip.ts';
import { INTENTS } from '../../schema/records/intent.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';
import { MARKETS } from '../../schema/records/market-metadata.ts';
import { NAV_STATE, NAV_STATE_ID } from '../../schema/records/nav-state.ts';
import { ORDERS } from '../../schema/records/order.ts';
import type { OrderRecord } from '../../schema/records/order.ts';
import { OUTBOX } from '../../schema/records/outbox-entry.ts';
import type { OutboxEntry } from '../../schema/records/outbox-entry.ts';
import { POSITIONS_STATE, POSITIONS_STATE_ID } from '../../schema/records/positions-state.ts';
import { RATE_BUDGETS } from '../../schema/records/rate-budget.ts';
import { EMPTY_RISK_STATE, RISK_STATE, RISK_STATE_ID } from '../../schema/records/risk-state.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import type { RouterHealth } from '../../schema/records/router-health.ts';
import { SYMBOL_TOGGLES, SYMBOL_TOGGLES_ID } from '../../schema/records/symbol-toggles.ts';
import { TRADING_CONTROL, TRADING_CONTROL_ID } from '../../schema/records/trading-control.ts';
import { VENUE_SETTINGS, VENUE_SETTINGS_ID } from '../../schema/records/venue-settings.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { proposedOrder } from '../../domain/intent/proposed-order-of.ts';
import type { OrderMarket } from '../market/read-order-market.ts';
import type { ToldCost } from '../told-cost.ts';
import { writeFlip } from '../intents/write-flip.ts';

/** What one approval came to. */
export type Approval =
  | { readonly kind: 'armed'; readonly claim: Claim; readonly order: OrderRecord }
  | { readonly kind: 'vetoed'; readonly codes: readonly string[] }
  | { readonly kind: 'expired' }
  | { readonly kind: 'busy'; readonly holder: string }
  | { readonly kind: 'nothing'; readonly why: string };

export interface Subject {
  readonly intentId: string;
  /** Of the flip that it may be part of. */
  readonly flipId: string | null;
  readonly cost: ToldCost;
}

export interface Readings extends OrderMarket {
  readonly health: RouterHealth | null;
}

export async function approve(deps: EngineDeps, tx: Transaction, { intentId, flipId, cost }: Subject, { market, held, foreignInstrument, health }: Readings): Promise<Approval> {
  const now = deps.clock.now();
  const got = await tx.get({
    entry: { collection: OUTBOX, id: intentId },
    intent: { collection: INTENTS, id: intentId },
    risk: { collection: RISK_STATE, id: RISK_STATE_ID },
    nav: { collection: NAV_STATE, id: NAV_STATE_ID },
    venueSettings: { collection: VENUE_SETTINGS, id: VENUE_SETTINGS_ID },
    venueBudget: { collection: RATE_BUDGETS, id: deps.venueName },
    positions: { collection: POSITIONS_STATE, id: POSITIONS_STATE_ID },
    control: { collection: TRADING_CONTROL, id: TRADING_CONTROL_ID },
    toggles: { collection: SYMBOL_TOGGLES, id: SYMBOL_TOGGLES_ID },
    markets: { collection: MARKETS, id: deps.venueName },
    // A transaction reads a fixed set of documents; without a flip this names one that never exists.
    flip: { collection: FLIPS, id: flipId ?? 'none' },
  });
  if (got.entry === null || got.intent === null) return { kind: 'nothing', why: 'no outbox entry' };
  const claimed = claimEntry(got.entry, deps.runId, now, deps.config.runtime.leaseSeconds * 1000);
  if (claimed.kind === 'done') return { kind: 'nothing', why: 'the intent has ended' };
  if (claimed.kind === 'busy') return { kind: 'busy', holder: claimed.holder };
  if (got.intent.status !== 'pending') return alreadyApproved(tx, got.intent, claimed.claim, got.entry.lease?.holder === deps.runId);
  if (now >= got.intent.expiresAt) return end(tx, { ...got, entry: got.entry, cost }, { ...got.intent, status: 'expired', statusReason: 'expired before approval', terminalAt: now });

  const risk = got.risk ?? EMPTY_RISK_STATE;
  const seen = got.flip === null ? risk : withoutOwnClose(risk, got.flip, got.intent);
  const fitted = held?.kind === 'found' ? fitExit(got.intent, risk, heldNow(risk, held.value, now), now) : { intent: got.intent, risk: seen };
  const source = { asOf: now, limits: deps.limits, ...market, ...got, risk: fitted.risk, writeGate: deps.orderGate.kind };
  const snapshot = buildSnapshot(source, got.intent.symbol, false);
  const instrument = snapshot.instrument ?? foreignInstrument;
  return judge(deps, tx, { intent: fitted.intent, entry: claimed.entry, claim: claimed.claim, snapshot: { ...snapshot, instrument }, risk, flip: got.flip, health, cost });
}

interface Judged {
  readonly intent: IntentRecord;
  readonly entry: OutboxEntry;
  readonly claim: Claim;
  /** As the gate is to see it: an exit's position as the venue has it now. */
  readonly snapshot: Snapshot;
  /** As stored. */
  readonly risk: RiskState;
  readonly flip: FlipRecord | null;
  readonly health: RouterHealth | null;
  readonly cost: ToldCost;
}

function judge(deps: EngineDeps, tx: Transaction, { intent, entry, claim, snapshot, risk, flip, health, cost }: Judged): Approval {
  const { asOf, instrument, quote } = snapshot;
  const order = proposedOrder(intent, quote);
  const verdict = evaluateGate(buildGateInput(snapshot, order));
  const vetoes = [...takenSince(intent, risk), ...verdict.vetoes];
  if (vetoes.length > 0) {
    return end(tx, { entry, risk, flip, cost }, { ...intent, status: 'vetoed', statusReason: vetoes[0]?.code ?? null, vetoes, terminalAt: asOf });
  }
  // Only exits are approved unseen, and without a price nothing can be sent: the sweep wakes the intent again until it expires.
  if (instrument === null || quote.kind !== 'found') return { kind: 'nothing', why: 'the market cannot be seen now' };
  const approved: IntentRecord = {
    ...intent,
    status: 'working',
    approvedAt: asOf,
    policy: policyFor(deps.config.router, health, intent, asOf),
    slicePlan: slicePlanOf(intent, touch(intent.side, quote.value), instrument, asOf, deps.routing),
  };
  const built = buildAttempt(approved, { leg: firstLeg(approved, deps.routing), slice: 1, wanted: wantedQty(approved, 1) }, instrument, quote.value, asOf, deps.routing);
  if (built.kind === 'unbuildable') {
    return end(tx, { entry, risk, flip, cost }, { ...intent, status: 'failed', statusReason: built.reason, terminalAt: asOf });
  }
  const reserved = reserve(risk, order, { tier: intent.tier, strategy: intent.signal?.strategy ?? null }, asOf);
  tx.create(ORDERS, built.order.clientOrderId, built.order);
  tx.set(RISK_STATE, RISK_STATE_ID, isExiting(intent) ? reserved : noteEntry(reserved, intent.symbol, asOf, deps.limits));
  tx.set(OUTBOX, intent.intentId, { ...entry, topic: 'order-checks' });
  tx.set(INTENTS, intent.intentId, withCost(armedIntent(approved, built.order), 'execute', cost.take()));
  return { kind: 'armed', claim, order: built.order };
}

/** Exits are not counted: they must never use up what entries may do. */
function noteEntry(risk: RiskState, symbol: string, asOf: EpochMs, limits: RiskLimits): RiskState {
  const windows = limits.forSymbol(symbol);
  return noteTrade(noteAttempt(risk, asOf, windows), symbol, asOf, windows);
}

/** This body has run before and its commit succeeded unseen: what we armed we still have to send. */
async function alreadyApproved(tx: Transaction, intent: IntentRecord, claim: Claim, ours: boolean): Promise<Approval> {
  if (!ours || intent.status !== 'working' || intent.clientOrderId === null) return { kind: 'nothing', why: `the intent is ${intent.status}` };
  const { order } = await tx.get({ order: { collection: ORDERS, id: intent.clientOrderId } });
  if (order === null) throw new Error(`intent ${intent.intentId} names order ${intent.clientOrderId}, which does not exist`);
  return { kind: 'armed', claim, order };
}

interface Ending {
  readonly entry: OutboxEntry;
  readonly risk: RiskState | null;
  readonly flip: FlipRecord | null;
  readonly cost: ToldCost;
}

function end(tx: Transaction, { entry, risk, flip, cost }: Ending, intent: IntentRecord): Approval {
  const now = intent.terminalAt ?? intent.expiresAt;
  const outcome = intent.status === 'vetoed' || intent.status === 'expired' ? intent.status : 'failed';
  tx.set(OUTBOX, intent.intentId, closed(entry, now));
  tx.set(ATTRIBUTION, intent.intentId, attributionOf(intent, outcome, now));
  if (flip !== null && flip.closeIntentId === intent.intentId) writeFlip(tx, afterClose(flip, intent, risk ?? EMPTY_RISK_STATE, now), now);
  tx.set(INTENTS, intent.intentId, withCost(intent, 'execute', cost.take()));
  return outcome === 'expired' ? { kind: 'expired' } : { kind: 'vetoed', codes: intent.vetoes.map((veto) => veto.code) };
}
