/**
 * Arms and sends the next attempt of an intent whose earlier one has ended. The quantity was reserved at approval, so
 * no cap can break; an operator's stop is honoured all the same.
 */
import { decimal, isPositive, min } from '../../domain/money/decimal.ts';
import type { Decimal } from '../../domain/money/decimal.ts';
import { instrumentOf } from '../../domain/market/instrument-record.ts';
import type { Quote } from '../../domain/market/market.ts';
import { isExiting } from '../../domain/intent/is-exiting.ts';
import { buildAttempt } from '../../domain/order/build-attempt.ts';
import type { BuiltAttempt } from '../../domain/order/build-attempt.ts';
import { firstLeg } from '../../domain/order/leg.ts';
import { ended, isRefusedAsTooLarge, remainingQty } from '../../domain/order/next-action.ts';
import type { NextAction } from '../../domain/order/next-action.ts';
import type { RoutingRules } from '../../domain/order/routing-rules.ts';
import { noteAttempt } from '../../domain/risk/risk-windows.ts';
import { operatorStop } from '../../domain/risk/operator-stop.ts';
import { sliceCount, sliceDueAt, wantedQty } from '../../domain/routing/slices.ts';
import { INTENTS } from '../../schema/records/intent.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';
import { MARKETS } from '../../schema/records/market-metadata.ts';
import { ORDERS } from '../../schema/records/order.ts';
import type { OrderRecord } from '../../schema/records/order.ts';
import { RISK_STATE, RISK_STATE_ID } from '../../schema/records/risk-state.ts';
import { SYMBOL_TOGGLES, SYMBOL_TOGGLES_ID } from '../../schema/records/symbol-toggles.ts';
import { TRADING_CONTROL, TRADING_CONTROL_ID } from '../../schema/records/trading-control.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { clearReducers } from './clear-reducers.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { armedIntent, withEnded } from '../../domain/intent/intent-progress.ts';
import type { Followed, Following } from './following.ts';
import { following } from './following.ts';
import type { Held } from './fenced.ts';
import { fenced } from './fenced.ts';
import { placeOrder } from './place-order.ts';
import { readForeignInstrument } from '../market/read-instrument.ts';

type Armed =
  | { readonly kind: 'armed'; readonly state: Following }
  | { readonly kind: 'stopped'; readonly reason: string }
  | { readonly kind: 'tooSmallYet' }
  | { readonly kind: 'notNow' };

type Next = Extract<NextAction, { kind: 'arm' }>;

export async function armNext(deps: EngineDeps, held: Held, state: Following, next: Next): Promise<Followed> {
  const market = await deps.step('confirm.read-market', () => readMarket(deps, state.intent.symbol));
  if (market === null) {
    // The market cannot be seen: nothing is armed and nothing given up. The next look tries again.
    await deps.clock.sleep(deps.routing.pollMs);
    return following(state);
  }
  const free = isRefusedAsTooLarge(state.order) ? await clearReducers(deps, state.intent) : remainingQty(state.intent);
  if (!isPositive(free)) return { kind: 'ending', settlement: ended(state.intent, 'failed', 'nothing is left to close at the venue') };
  const armed = await deps.step('confirm.arm', () => arm(deps, held, state.order, { next, market, atMost: free }));
  switch (armed.kind) {
    case 'tooSmallYet':
      await deps.clock.sleep(deps.routing.pollMs);
      return following(state);
    case 'notNow':
      return following(state);
    case 'stopped':
      return { kind: 'ending', settlement: ended(state.intent, 'expired', armed.reason) };
    case 'armed': {
      const order = await placeOrder(deps, held, armed.state.order, { place: 'confirm.place', record: 'confirm.record-outcome', afterwards: 'keep' });
      return following({ ...armed.state, order });
    }
  }
}

interface Market {
  readonly quote: Quote;
  readonly instrument: NonNullable<ReturnType<typeof instrumentOf>>;
}

async function readMarket(deps: EngineDeps, symbol: string): Promise<Market | null> {
  const [quotes, { markets }, foreignInstrument] = await Promise.all([
    deps.venue.quotes([symbol]),
    deps.store.get({ markets: { collection: MARKETS, id: deps.venueName } }),
    readForeignInstrument(deps, symbol),
  ]);
  const instrument = instrumentOf(markets, symbol) ?? foreignInstrument;
  const quote = quotes.kind === 'found' ? quotes.value.find((candidate) => candidate.symbol === symbol) : undefined;
  return instrument === null || quote === undefined ? null : { quote, instrument };
}

interface Terms {
  readonly next: Next;
  readonly market: Market;
  /** What is free to be closed, for an exit that was refused as too large; otherwise what remains. */
  readonly atMost: Decimal;
}

function arm(deps: EngineDeps, held: Held, before: OrderRecord, { next, market, atMost }: Terms): Promise<Armed> {
  return fenced(deps, held, before.clientOrderId, async (tx, work): Promise<Armed> => {
    const now = deps.clock.now();
    const { control, toggles, present } = await tx.get({
      control: { collection: TRADING_CONTROL, id: TRADING_CONTROL_ID },
      toggles: { collection: SYMBOL_TOGGLES, id: SYMBOL_TOGGLES_ID },
      present: { collection: ORDERS, id: work.intent.clientOrderId ?? before.clientOrderId },
    });
    // This body has run before and its commit succeeded unseen: the attempt is armed and, by us, not yet sent.
    if (present !== null && present.clientOrderId !== before.clientOrderId) return { kind: 'armed', state: { intent: work.intent, order: present } };
    const stop = operatorStop({ control, toggles }, work.intent, now);
    if (stop !== null) return { kind: 'stopped', reason: stop };
    // Read here, since an operator who flattens ends entries under way by their time.
    if (now >= work.intent.expiresAt) return { kind: 'stopped', reason: 'intent expired' };
    if (work.order === null || decimal(work.order.executedQty).gt(work.order.bookedQty)) return { kind: 'notNow' };
    const past = withEnded(work.intent, work.order);
    const built = buildDue(past, { next, market, atMost }, now, deps.routing);
    if (built.kind === 'unbuildable' && now < sliceDueAt(past, sliceCount(past))) return { kind: 'tooSmallYet' };
    if (built.kind === 'unbuildable') return { kind: 'stopped', reason: built.reason };
    const intent = armedIntent(past, built.order);
    tx.create(ORDERS, built.order.clientOrderId, built.order);
    tx.set(INTENTS, held.intentId, intent);
    if (!isExiting(intent)) tx.set(RISK_STATE, RISK_STATE_ID, noteAttempt(work.risk, now, deps.limits.forSymbol(intent.symbol)));
    return { kind: 'armed', state: { intent, order: built.order } };
  });
}

/** A slice that has become too small for the market goes together with the next one that is due. */
function buildDue(intent: IntentRecord, { next, market, atMost }: Terms, now: EpochMs, rules: RoutingRules): BuiltAttempt {
  const wanted = min(wantedQty(intent, next.slice), atMost);
  const built = buildAttempt(intent, { ...next, wanted }, market.instrument, market.quote, now, rules);
  const slice = next.slice + 1;
  if (built.kind === 'built' || slice > sliceCount(intent) || now < sliceDueAt(intent, slice)) return built;
  return buildDue(intent, { next: { ...next, leg: firstLeg(intent, rules), slice }, market, atMost }, now, rules);
}
