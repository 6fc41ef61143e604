// An order as the client sends it, checked for all that does not depend on the market or the account's holdings.
import type { ExchangeState, PositionSide, Side, TimeInForce } from './exchange-state.ts';
import { checkPrice, checkQuantity } from './order-filters.ts';
import { type Answer, type Rejection, accept, reject } from './rejection.ts';
import type { VenueInstrument } from './venue-instrument.ts';

/** Texts as received. An absent field and `undefined` mean the same. */
export interface OrderRequest {
  readonly symbol: string;
  readonly side: string;
  readonly type: string;
  readonly positionSide?: string | undefined;
  readonly timeInForce?: string | undefined;
  readonly quantity?: string | undefined;
  readonly price?: string | undefined;
  readonly newClientOrderId?: string | undefined;
  readonly reduceOnly?: boolean | undefined;
}

export interface ParsedOrder {
  readonly instrument: VenueInstrument;
  readonly symbol: string;
  readonly side: Side;
  readonly positionSide: PositionSide;
  readonly type: 'LIMIT' | 'MARKET';
  readonly timeInForce: TimeInForce;
  readonly quantity: string;
  /** "0" for market orders. */
  readonly price: string;
  readonly clientOrderId: string | null;
  readonly reduceOnly: boolean;
}

const CLIENT_ID = /^[.A-Z:/a-z0-9_-]{1,36}$/;
const NUMBER = /^-?\d+(\.\d+)?$/;
const CONDITIONAL_TYPES = ['STOP', 'STOP_MARKET', 'TAKE_PROFIT', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET'];

export function parseOrder(state: ExchangeState, request: OrderRequest): Answer<ParsedOrder> {
  const instrument = state.instruments[request.symbol];
  if (instrument === undefined) return reject('symbol');
  const side = parseSide(request.side);
  if (!side.ok) return side;
  const kind = parseKind(request);
  if (!kind.ok) return kind;
  const clientOrderId = parseClientId(request.newClientOrderId);
  if (!clientOrderId.ok) return clientOrderId;
  const positionSide = parsePositionSide(state, request.positionSide, request.reduceOnly);
  if (!positionSide.ok) return positionSide;
  const amounts = parseAmounts(instrument, request, kind.value.type);
  if (!amounts.ok) return amounts;
  return accept({
    instrument,
    symbol: request.symbol,
    side: side.value,
    positionSide: positionSide.value,
    ...kind.value,
    ...amounts.value,
    clientOrderId: clientOrderId.value,
    reduceOnly: request.reduceOnly ?? false,
  });
}

export function parseSide(side: string): Answer<Side> {
  return side === 'BUY' || side === 'SELL' ? accept(side) : reject('side');
}

/** Absent ids are accepted as null: the exchange then makes one. */
export function parseClientId(id: string | undefined): Answer<string | null> {
  if (id === undefined) return accept(null);
  return CLIENT_ID.test(id) ? accept(id) : reject('clientOrderId');
}

/** Hedge mode wants LONG or SHORT and no reduceOnly at all; one-way mode wants BOTH or nothing. */
export function parsePositionSide(state: ExchangeState, sent: string | undefined, reduceOnly: boolean | undefined): Answer<PositionSide> {
  const side = sent ?? 'BOTH';
  if (side !== 'LONG' && side !== 'SHORT' && side !== 'BOTH') return reject('positionSide');
  if ((state.positionMode === 'hedge') === (side === 'BOTH')) return reject('positionSideMismatch');
  if (state.positionMode === 'hedge' && reduceOnly !== undefined) return reject('parameterNotRequired', 'reduceonly');
  return accept(side);
}

/** The parameter's text when it is a decimal number. */
export function requireNumber(name: string, value: string | undefined): Answer<string> {
  return value !== undefined && NUMBER.test(value) ? accept(value) : reject('mandatoryParameter', name);
}

function parseKind(request: OrderRequest): Answer<Pick<ParsedOrder, 'type' | 'timeInForce'>> {
  const { type, timeInForce } = request;
  if (CONDITIONAL_TYPES.includes(type)) return reject('conditionalOnOrderEndpoint');
  if (type === 'MARKET') {
    return timeInForce === undefined ? accept({ type, timeInForce: 'GTC' }) : reject('parameterNotRequired', 'timeinforce');
  }
  if (type !== 'LIMIT') return reject('orderType');
  if (timeInForce === undefined) return reject('mandatoryParameter', 'timeinforce');
  return isTimeInForce(timeInForce) ? accept({ type, timeInForce }) : reject('timeInForce');
}

function isTimeInForce(value: string): value is TimeInForce {
  return value === 'GTC' || value === 'IOC' || value === 'FOK' || value === 'GTX';
}

function parseAmounts(
  instrument: VenueInstrument,
  request: OrderRequest,
  type: 'LIMIT' | 'MARKET',
): Answer<Pick<ParsedOrder, 'quantity' | 'price'>> {
  const quantity = requireNumber('quantity', request.quantity);
  if (!quantity.ok) return quantity;
  if (type === 'MARKET' && request.price !== undefined) return reject('parameterNotRequired', 'price');
  const price = type === 'MARKET' ? accept('0') : requireNumber('price', request.price);
  if (!price.ok) return price;
  const refusal = firstRefusal(
    () => (type === 'LIMIT' ? checkPrice(instrument, price.value) : null),
    () => checkQuantity(instrument, quantity.value, type === 'MARKET'),
  );
  return refusal ?? accept({ quantity: quantity.value, price: price.value });
}

/** The first refusal in order, null when all pass. */
export function firstRefusal(...checks: readonly (() => Rejection | null)[]): Rejection | null {
  for (const check of checks) {
    const refusal = check();
    if (refusal !== null) return refusal;
  }
  return null;
}
