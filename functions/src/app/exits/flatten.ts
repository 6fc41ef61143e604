/**
 * Brings one position, one symbol or the whole account to flat, in any trading state short of HALTED.
 *
 * 1. Entries in scope end first: no new attempt is armed, and what rests is cancelled, so that nothing re-opens a position
 *    that is being closed. Then the positions are read, and each gets a close intent that goes through the gate like any exit.
 * 2. Ids follow from the request: a repeated request finds what the first one made. What one request could not close, the
 *    next one does.
 */
import { heldNow } from '../../domain/account/held-now.ts';
import { isInScope, planFlatten } from '../../domain/exits/plan-flatten.ts';
import type { Close, FlattenScope } from '../../domain/exits/plan-flatten.ts';
import { closeIntent } from '../../domain/exits/close-intent.ts';
import { derivedId } from '../../domain/identity/derived-id.ts';
import { isEntry } from '../../domain/risk/order-reading.ts';
import { tradingStateAt } from '../../domain/risk/trading-state.ts';
import { INTENTS } from '../../schema/records/intent.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';
import { positionKey } from '../../schema/records/position.ts';
import { EMPTY_RISK_STATE, RISK_STATE, RISK_STATE_ID } from '../../schema/records/risk-state.ts';
import { TRADING_CONTROL, TRADING_CONTROL_ID } from '../../schema/records/trading-control.ts';
import type { PositionSide } from '../../schema/scalars.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { cancelResting, endedAt, planChange } from './under-way.ts';
import { wake } from '../intents/wake.ts';
import { writeIntent } from '../intents/write-intent.ts';

export interface FlattenRequest extends FlattenScope {
  /** The same request has the same id however often it is sent. */
  readonly requestId: string;
  readonly actor: string;
}

export interface FlattenResult {
  /** Refused: nothing was done. */
  readonly kind: 'done' | 'refused';
  /** For people: what was done, or why nothing and what to do. */
  readonly summary: string;
  /** Close intents of this request, those that an earlier delivery of it has made included. */
  readonly closes: readonly (Pick<IntentRecord, 'intentId' | 'symbol' | 'positionSide' | 'qty' | 'status'> & { readonly isNew: boolean })[];
  /** Entries that were stopped. */
  readonly stopped: readonly string[];
  readonly skipped: readonly { readonly symbol: string; readonly positionSide: PositionSide; readonly reason: string }[];
}

const MOST_INTENTS = 200;
const RISK = { collection: RISK_STATE, id: RISK_STATE_ID };

export async function flatten(deps: EngineDeps, request: FlattenRequest): Promise<FlattenResult> {
  const before = await deps.step('flatten.read-state', () => readState(deps));
  if (before.trading === 'HALTED') return told(deps, request, refused('trading is HALTED: no order is sent at all; set REDUCING, then flatten'));
  if (deps.orderGate.kind === 'closed') return told(deps, request, refused(`the write gate is closed: ${deps.orderGate.reason}`));
  const entries = before.intents.filter((intent) => isEntry(intent.purpose) && isInScope(intent, request));
  const { stopped, left } = await stopEntries(deps, entries);
  const held = await deps.step('flatten.read-positions', () => deps.venue.positions());
  if (held.kind === 'unavailable') deps.log.positionsUnavailable(held.cause);
  const made = await deps.step('flatten.commit', () =>
    deps.store.transact(async (tx) => {
      const { risk: stored } = await tx.get({ risk: RISK });
      const risk = stored ?? EMPTY_RISK_STATE;
      const plan = planFlatten(risk, held.kind === 'found' ? heldNow(risk, held.value, deps.clock.now()) : null, request);
      const intents = plan.close.map((close) => intentOf(deps, request, close));
      const known = await tx.get(Object.fromEntries(intents.map(({ intentId }) => [intentId, { collection: INTENTS, id: intentId }])));
      for (const intent of intents) if (known[intent.intentId] === null) writeIntent(tx, intent);
      return { skipped: plan.skipped, closes: intents.map((intent) => ({ intent: known[intent.intentId] ?? intent, isNew: known[intent.intentId] === null })) };
    }),
  );
  await wake(deps, 'flatten.wake', 'order-intents', made.closes.map(({ intent }) => intent.intentId));
  const closes = made.closes.map(({ intent: { intentId, symbol, positionSide, qty, status }, isNew }) => ({ intentId, symbol, positionSide, qty, status, isNew }));
  return told(deps, request, { kind: 'done', summary: summaryOf(closes, { stopped: stopped.length, left: left.length, skipped: made.skipped.length }), closes, stopped, skipped: made.skipped });
}

async function readState(deps: EngineDeps) {
  const [{ control }, pending, working] = await Promise.all([
    deps.store.get({ control: { collection: TRADING_CONTROL, id: TRADING_CONTROL_ID } }),
    deps.store.query({ collection: INTENTS, where: [{ field: 'status', op: '==', value: 'pending' }], limit: MOST_INTENTS }),
    deps.store.query({ collection: INTENTS, where: [{ field: 'status', op: '==', value: 'working' }], limit: MOST_INTENTS }),
  ]);
  return { trading: tradingStateAt(control, deps.clock.now()), intents: [...pending, ...working].map((doc) => doc.data) };
}

/** Ids of those that were still under way, and of those among them that may still fill. */
async function stopEntries(deps: EngineDeps, entries: readonly IntentRecord[]): Promise<Record<'stopped' | 'left', readonly string[]>> {
  if (entries.length === 0) return { stopped: [], left: [] };
  const stopped = await deps.step('flatten.stop-entries', () =>
    deps.store.transact(async (tx) => {
      const { underWay, write } = await planChange(tx, entries.map(({ intentId }) => intentId), endedAt(deps.clock.now()));
      write();
      return underWay;
    }),
  );
  const left = await cancelResting(deps, 'flatten.cancel-entry', stopped);
  return { stopped: stopped.map(({ intentId }) => intentId), left: left.map(({ intentId }) => intentId) };
}

function intentOf(deps: EngineDeps, { requestId }: FlattenRequest, close: Close): IntentRecord {
  const now = deps.clock.now();
  return closeIntent(close, {
    intentId: derivedId('flatten', requestId, positionKey(close.symbol, close.positionSide)),
    tickId: `flatten-${requestId}`,
    tier: deps.limits.forSymbol(close.symbol).tier ?? 'none',
    signal: null,
    createdAt: now,
    expiresAt: now + deps.config.router.maxIntentSeconds * 1000,
    isUrgent: false,
  });
}

function refused(summary: string): FlattenResult {
  return { kind: 'refused', summary, closes: [], stopped: [], skipped: [] };
}

function summaryOf(closes: FlattenResult['closes'], { stopped, left, skipped }: Record<'stopped' | 'left' | 'skipped', number>): string {
  if (closes.length + stopped + skipped === 0) return 'nothing is open and nothing is under way in what was asked for';
  const repeated = closes.filter((close) => !close.isNew).length;
  const again = repeated === 0 ? '' : `, ${repeated} had been asked for by this very request (a new request id closes what is left)`;
  const isBeing = closes.length - repeated === 1 ? '1 position is' : `${closes.length - repeated} positions are`;
  const entries = stopped === 0 ? '' : `, ${stopped === 1 ? '1 entry' : `${stopped} entries`} stopped`;
  const onTheWay = left === 0 ? '' : `. ${left === 1 ? '1 stopped entry' : `${left} stopped entries`} may still fill for some seconds: look again, and flatten what is there under a new request id`;
  const others = skipped === 0 ? '' : `, ${skipped === 1 ? '1 position needs' : `${skipped} positions need`} nothing`;
  return `${isBeing} being closed${again}${entries}${others}${onTheWay}`;
}

function told(deps: EngineDeps, { requestId, actor }: FlattenRequest, result: FlattenResult): FlattenResult {
  deps.log.flattened(requestId, actor, result.summary);
  return result;
}
