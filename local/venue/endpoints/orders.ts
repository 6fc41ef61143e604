import { orderHistory, queryOrder } from '../../../functions/src/domain/matching/order-history.ts';
import { openOrdersOf } from '../../../functions/src/domain/matching/order-book.ts';
import type { OrderKey } from '../../../functions/src/domain/matching/cancel-order.ts';
import type { Parameters } from '../parameters.ts';
import { WireRefusal, invalidParameter } from '../wire-refusal.ts';
import { accepted } from './answers.ts';
import type { Endpoint } from './endpoint.ts';
import { pageOf } from './history-window.ts';
import { acknowledgedOrder, mutatedOrder, queriedOrder } from './order-shape.ts';
import { requiredInstrument, selectedInstruments } from './symbols.ts';

const placeOrder: Endpoint = {
  method: 'POST',
  path: '/fapi/v1/order',
  signed: true,
  weight: 0,
  isOrder: true,
  parameters: [
    'symbol', 'side', 'positionSide', 'type', 'timeInForce', 'quantity', 'price', 'newClientOrderId', 'reduceOnly', 'newOrderRespType',
    'stopPrice', 'closePosition', 'workingType', 'activationPrice', 'callbackRate',
  ],
  handle: ({ venue, parameters }) => {
    const describe = responseType(parameters) === 'RESULT' ? mutatedOrder : acknowledgedOrder;
    const order = accepted(
      venue.execute('placeOrder', {
        symbol: parameters.text('symbol'),
        side: parameters.text('side'),
        type: plainType(parameters),
        positionSide: parameters.optionalText('positionSide'),
        timeInForce: parameters.optionalText('timeInForce'),
        quantity: parameters.optionalText('quantity'),
        price: parameters.optionalText('price'),
        newClientOrderId: parameters.optionalText('newClientOrderId'),
        reduceOnly: parameters.optionalBoolean('reduceOnly'),
      }),
    );
    return describe(order);
  },
};

const cancelOrder: Endpoint = {
  method: 'DELETE',
  path: '/fapi/v1/order',
  signed: true,
  weight: 1,
  parameters: ['symbol', 'orderId', 'origClientOrderId'],
  handle: ({ venue, parameters }) => mutatedOrder(accepted(venue.execute('cancelOrder', orderKey(parameters)))),
};

const getOrder: Endpoint = {
  method: 'GET',
  path: '/fapi/v1/order',
  signed: true,
  weight: 1,
  parameters: ['symbol', 'orderId', 'origClientOrderId'],
  handle: ({ venue, parameters, now }) => queriedOrder(accepted(queryOrder(venue.exchange.state, orderKey(parameters), now))),
};

const openOrders: Endpoint = {
  method: 'GET',
  path: '/fapi/v1/openOrders',
  signed: true,
  weight: (parameters) => (parameters.optionalText('symbol') === undefined ? 40 : 1),
  parameters: ['symbol'],
  handle: (call) =>
    selectedInstruments(call).flatMap(({ symbol }) => openOrdersOf(call.venue.exchange.state, symbol).map(queriedOrder)),
};

const cancelAllOrders: Endpoint = {
  method: 'DELETE',
  path: '/fapi/v1/allOpenOrders',
  signed: true,
  weight: 1,
  parameters: ['symbol'],
  handle: ({ venue, parameters }) => {
    accepted(venue.execute('cancelAllOrders', { symbol: parameters.text('symbol') }));
    return { code: 200, msg: 'The operation of cancel all open order is done.' };
  },
};

const allOrders: Endpoint = {
  method: 'GET',
  path: '/fapi/v1/allOrders',
  signed: true,
  weight: 5,
  parameters: ['symbol', 'orderId', 'startTime', 'endTime', 'limit'],
  handle: (call) => {
    const { symbol } = requiredInstrument(call);
    const orders = orderHistory(call.venue.exchange.state, symbol, call.now);
    return pageOf(call, orders, { id: (order) => order.orderId, time: (order) => order.time, fromParameter: 'orderId' }).map(queriedOrder);
  },
};

export const ORDERS: readonly Endpoint[] = [placeOrder, cancelOrder, getOrder, openOrders, cancelAllOrders, allOrders];

/** Fields of conditional orders are read so that -4120 can be told; with a plain type they are not required. */
function plainType(parameters: Parameters): string {
  const type = parameters.text('type');
  if (type !== 'LIMIT' && type !== 'MARKET') return type;
  for (const name of ['stopPrice', 'closePosition', 'workingType', 'activationPrice', 'callbackRate']) {
    if (parameters.optionalText(name) !== undefined) throw notRequired(name);
  }
  return type;
}

function notRequired(name: string): WireRefusal {
  return new WireRefusal(400, -1106, `Parameter '${name.toLowerCase()}' sent when not required.`);
}

function responseType(parameters: Parameters): 'ACK' | 'RESULT' {
  const type = parameters.optionalText('newOrderRespType') ?? 'ACK';
  if (type !== 'ACK' && type !== 'RESULT') throw invalidParameter('newOrderRespType');
  return type;
}

function orderKey(parameters: Parameters): OrderKey {
  return {
    symbol: parameters.text('symbol'),
    orderId: parameters.optionalId('orderId'),
    origClientOrderId: parameters.optionalText('origClientOrderId'),
  };
}
