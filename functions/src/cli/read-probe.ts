/**
 * The gate's verdict on an entry that nobody has asked for, by the way of the screener: the same records, the same
 * snapshot, the same function. Where no venue can be asked, quote and mark stay unavailable: a last known price sizes the
 * order, it never stands in for a market.
 */
import type { Inspection } from '../compose/start-inspection.ts';
import { decimal, divide, text } from '../domain/money/decimal.ts';
import { asNotional, asPrice } from '../domain/money/units.ts';
import type { Price } from '../domain/money/units.ts';
import { buildGateInput } from '../domain/risk/build-gate-input.ts';
import { buildSnapshot } from '../domain/risk/build-snapshot.ts';
import type { SnapshotSource } from '../domain/risk/build-snapshot.ts';
import { entryFloor } from '../domain/risk/entry-floor.ts';
import { evaluateGate } from '../domain/risk/gate.ts';
import type { GateVerdict } from '../domain/risk/gate.ts';
import type { ProposedOrder } from '../domain/risk/proposed-order.ts';
import type { Snapshot } from '../domain/risk/snapshot.ts';
import { finalOrder } from '../domain/sizing/final-order.ts';
import { smallestOrder } from '../domain/sizing/smallest-order.ts';
import { MARKETS } from '../schema/records/market-metadata.ts';
import { NAV_STATE, NAV_STATE_ID } from '../schema/records/nav-state.ts';
import { POSITIONS_STATE, POSITIONS_STATE_ID } from '../schema/records/positions-state.ts';
import { RATE_BUDGETS } from '../schema/records/rate-budget.ts';
import { EMPTY_RISK_STATE, RISK_STATE, RISK_STATE_ID } from '../schema/records/risk-state.ts';
import { SYMBOL_TOGGLES, SYMBOL_TOGGLES_ID } from '../schema/records/symbol-toggles.ts';
import { TRADING_CONTROL, TRADING_CONTROL_ID } from '../schema/records/trading-control.ts';
import { VENUE_SETTINGS, VENUE_SETTINGS_ID } from '../schema/records/venue-settings.ts';
import type { EpochMs, PositionSide } from '../schema/scalars.ts';
import { lastPrices } from './last-prices.ts';
import { OperatorError, noRecords } from './operator-error.ts';
import { timeText } from './time-text.ts';

/** Places of a quantity while the venue's grid is not known. */
const QTY_PLACES = 8;

export interface ProbeRequest {
  readonly symbol: string;
  readonly positionSide: PositionSide;
  readonly notional: string | null;
  readonly price: string | null;
  readonly leverage: number;
}

export type ProbeMarket = Pick<SnapshotSource, 'quotes' | 'marks' | 'books'>;

export interface ProbeView {
  readonly place: string;
  readonly now: EpochMs;
  readonly order: ProposedOrder;
  readonly notionalUsd: string;
  /** Where the price comes from. */
  readonly priceSource: string;
  /** `used`, or why the checks of quote, mark and book could not be made. */
  readonly market: { readonly kind: 'used' } | { readonly kind: 'unavailable'; readonly cause: string };
  readonly verdict: GateVerdict;
}

/** Throws OperatorError when there are no records, or no price to count with. */
export async function readProbe(inspection: Inspection, place: string, request: ProbeRequest, market: ProbeMarket): Promise<ProbeView> {
  const { store, clock, limits, orderGate, venueName } = inspection;
  const records = await store.get({
    nav: { collection: NAV_STATE, id: NAV_STATE_ID },
    venueSettings: { collection: VENUE_SETTINGS, id: VENUE_SETTINGS_ID },
    venueBudget: { collection: RATE_BUDGETS, id: venueName },
    positions: { collection: POSITIONS_STATE, id: POSITIONS_STATE_ID },
    risk: { collection: RISK_STATE, id: RISK_STATE_ID },
    control: { collection: TRADING_CONTROL, id: TRADING_CONTROL_ID },
    toggles: { collection: SYMBOL_TOGGLES, id: SYMBOL_TOGGLES_ID },
    markets: { collection: MARKETS, id: venueName },
  });
  if (records.nav === null && records.markets === null) throw noRecords(place);
  const source: SnapshotSource = { ...records, ...market, asOf: clock.now(), limits, risk: records.risk ?? EMPTY_RISK_STATE, writeGate: orderGate.kind };
  const snapshot = buildSnapshot(source, request.symbol, false);
  const priced = await priceOf(inspection, request, snapshot);
  const order = orderOf(request, snapshot, priced.price);
  const { quote, mark } = snapshot;
  const missing = [quote, mark].find((reading) => reading.kind === 'unavailable');
  return {
    place,
    now: snapshot.asOf,
    order,
    notionalUsd: text(decimal(order.qty).times(order.price)),
    priceSource: priced.source,
    market: missing?.kind === 'unavailable' ? missing : { kind: 'used' },
    verdict: evaluateGate(buildGateInput(snapshot, order)),
  };
}

async function priceOf({ store }: Inspection, { symbol, positionSide, price }: ProbeRequest, { asOf, quote, risk }: Snapshot): Promise<{ readonly price: Price; readonly source: string }> {
  if (price !== null) return { price: asPrice(decimal(price)), source: '--price' };
  if (quote.kind === 'found') return positionSide === 'long' ? { price: quote.value.ask, source: 'ask of the venue' } : { price: quote.value.bid, source: 'bid of the venue' };
  const last = (await lastPrices(store, risk)).get(symbol);
  if (last === undefined) throw new OperatorError(`no price of ${symbol} is known: the venue's quote is unavailable (${quote.cause}) and no record holds one; give one with --price`);
  return { price: last.price, source: `last known ${last.source}, ${timeText(last.at, asOf)}` };
}

function orderOf(request: ProbeRequest, snapshot: Snapshot, price: Price): ProposedOrder {
  const { symbol, positionSide, leverage } = request;
  return {
    intentId: 'probe',
    symbol,
    positionSide,
    side: positionSide === 'long' ? 'buy' : 'sell',
    purpose: 'open',
    qty: qtyText(request, snapshot, price),
    price: text(price),
    leverage,
    strategy: null,
    signalAt: null,
    expectedEdgeBps: null,
  };
}

/** On the venue's grid where that is known; what was asked for is never exceeded. */
function qtyText({ symbol, notional }: ProbeRequest, { instrument, limits }: Snapshot, price: Price): string {
  const ofSymbol = limits.forSymbol(symbol);
  if (instrument === null) return text(divide(notional === null ? ofSymbol.minNotional.value : decimal(notional), price, QTY_PLACES, 'down'));
  const size = notional === null ? smallestOrder(entryFloor(ofSymbol, instrument, price).usd, price, instrument) : asNotional(decimal(notional));
  return text(finalOrder(size, price, instrument).qty);
}
