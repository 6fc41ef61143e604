// A conditional order as the client sends it, checked for all that does not depend on market or holdings.
import { decimal } from '../money/decimal.ts';
import type { AlgoOrder, AlgoOrderType, ExchangeState, WorkingType } from './exchange-state.ts';
import { checkQuantity, checkTriggerPrice } from './order-filters.ts';
import { parseClientId, parsePositionSide, parseSide, requireNumber } from './order-request.ts';
import { type Answer, accept, reject } from './rejection.ts';
import type { VenueInstrument } from './venue-instrument.ts';

/** Texts as received. An absent field and `undefined` mean the same. */
export interface AlgoRequest {
  readonly symbol: string;
  readonly side: string;
  readonly type: string;
  readonly positionSide?: string | undefined;
  readonly quantity?: string | undefined;
  readonly triggerPrice?: string | undefined;
  readonly activatePrice?: string | undefined;
  /** Percent, 0.1 to 10. */
  readonly callbackRate?: string | undefined;
  readonly closePosition?: boolean | undefined;
  readonly reduceOnly?: boolean | undefined;
  readonly workingType?: string | undefined;
  readonly clientAlgoId?: string | undefined;
}

export type ParsedAlgo = Pick<
  AlgoOrder,
  | 'symbol' | 'side' | 'positionSide' | 'orderType' | 'quantity' | 'closePosition' | 'reduceOnly' | 'workingType'
  | 'triggerPrice' | 'activatePrice' | 'callbackRate'
> & { readonly clientAlgoId: string | null; readonly instrument: VenueInstrument };

export function parseAlgo(state: ExchangeState, request: AlgoRequest): Answer<ParsedAlgo> {
  const instrument = state.instruments[request.symbol];
  if (instrument === undefined) return reject('symbol');
  const side = parseSide(request.side);
  if (!side.ok) return side;
  const orderType = parseType(request.type);
  if (!orderType.ok) return orderType;
  const workingType = parseWorkingType(request.workingType);
  if (!workingType.ok) return workingType;
  const clientAlgoId = parseClientId(request.clientAlgoId);
  if (!clientAlgoId.ok) return clientAlgoId;
  const positionSide = parsePositionSide(state, request.positionSide, request.reduceOnly);
  if (!positionSide.ok) return positionSide;
  const size = parseSize(instrument, request);
  if (!size.ok) return size;
  const prices = orderType.value === 'TRAILING_STOP_MARKET' ? parseTrailing(instrument, request) : parseTrigger(instrument, request);
  if (!prices.ok) return prices;
  return accept({
    instrument,
    symbol: request.symbol,
    side: side.value,
    positionSide: positionSide.value,
    orderType: orderType.value,
    workingType: workingType.value,
    clientAlgoId: clientAlgoId.value,
    ...size.value,
    ...prices.value,
  });
}

function parseType(type: string): Answer<AlgoOrderType> {
  const known = type === 'STOP_MARKET' || type === 'TAKE_PROFIT_MARKET' || type === 'TRAILING_STOP_MARKET';
  return known ? accept(type) : reject('orderType');
}

function parseWorkingType(type: string | undefined): Answer<WorkingType> {
  const workingType = type ?? 'CONTRACT_PRICE';
  const known = workingType === 'MARK_PRICE' || workingType === 'CONTRACT_PRICE';
  return known ? accept(workingType) : reject('parameterValue', 'workingType');
}

/** Either closePosition alone, or a quantity. */
function parseSize(instrument: VenueInstrument, request: AlgoRequest): Answer<Pick<ParsedAlgo, 'quantity' | 'closePosition' | 'reduceOnly'>> {
  const reduceOnly = request.reduceOnly ?? false;
  if (request.closePosition === true) {
    if (request.quantity !== undefined) return reject('closePositionWithQuantity');
    if (request.reduceOnly !== undefined) return reject('parameterNotRequired', 'reduceonly');
    if (request.type === 'TRAILING_STOP_MARKET') return reject('parameterCombination');
    return accept({ quantity: '0', closePosition: true, reduceOnly: true });
  }
  const quantity = requireNumber('quantity', request.quantity);
  if (!quantity.ok) return quantity;
  return checkQuantity(instrument, quantity.value, true) ?? accept({ quantity: quantity.value, closePosition: false, reduceOnly });
}

type Prices = Pick<ParsedAlgo, 'triggerPrice' | 'activatePrice' | 'callbackRate'>;

function parseTrigger(instrument: VenueInstrument, request: AlgoRequest): Answer<Prices> {
  if (request.callbackRate !== undefined) return reject('parameterNotRequired', 'callbackrate');
  if (request.activatePrice !== undefined) return reject('parameterNotRequired', 'activateprice');
  const trigger = requireNumber('triggerprice', request.triggerPrice);
  if (!trigger.ok) return trigger;
  const refusal = checkTriggerPrice(instrument, trigger.value);
  return refusal ?? accept({ triggerPrice: trigger.value, activatePrice: null, callbackRate: null });
}

function parseTrailing(instrument: VenueInstrument, request: AlgoRequest): Answer<Prices> {
  if (request.triggerPrice !== undefined) return reject('parameterNotRequired', 'triggerprice');
  const rate = requireNumber('callbackrate', request.callbackRate);
  if (!rate.ok) return rate;
  const callback = decimal(rate.value);
  const onGrid = /^\d+(\.\d)?$/.test(rate.value);
  if (!onGrid || callback.lt('0.1') || callback.gt('10')) return reject('parameterValue', 'callbackRate');
  if (request.activatePrice === undefined) return accept({ triggerPrice: '0', activatePrice: null, callbackRate: rate.value });
  const activate = requireNumber('activateprice', request.activatePrice);
  if (!activate.ok) return activate;
  const refusal = checkTriggerPrice(instrument, activate.value);
  return refusal ?? accept({ triggerPrice: '0', activatePrice: activate.value, callbackRate: rate.value });
}
